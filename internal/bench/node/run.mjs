// Does one piece of work with the official Node SDK and measures itself: the
// counterpart of cmd/child, with the same commands on standard input.
import { readFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { LokaliseApi } from "@lokalise/node-api";

const [name, base, token, file] = process.argv.slice(2);
const api = new LokaliseApi({ apiKey: token, host: base });

// The ids of the stub's projects: 22 hexadecimal digits, a dot, eight digits.
const project = (i) =>
  `${(0x5eed00000000 + i).toString(16).padStart(22, "0")}.${10000000 + i}`;
const [big, page, small] = [0, 1, 2];

const sum = (items, value) => {
  let total = 0;
  for (const item of items) total += value(item);
  return { items: items.length, sum: total };
};

async function getProject() {
  const p = await api.projects().get(project(small));
  return { items: 1, sum: p.team_id };
}

const listProjects = (limit) => async () => {
  const result = await api.projects().list({ limit });
  return sum(result.items, (p) => p.team_id);
};

// All pages, as in Go: each key's id, and the id and words of each translation.
const keys = (index, limit, pages = Infinity) => async () => {
  const tally = { items: 0, sum: 0 };
  let cursor;
  for (let n = 0; n < pages && cursor !== null; n++) {
    const result = await api.keys().list({
      project_id: project(index), limit, pagination: "cursor", cursor, include_translations: 1,
    });
    for (const key of result.items) {
      tally.items++;
      tally.sum += key.key_id;
      for (const t of key.translations) tally.sum += t.translation_id + t.words;
    }
    cursor = result.nextCursor;
  }
  return tally;
};

async function upload() {
  const data = await readFile(file, "base64");
  await api.files().upload(project(small), { data, filename: "messages.json", lang_iso: "en" });
  return { items: 1, sum: 0 };
}

const works = {
  "project-get": getProject,
  "project-get-32": getProject,
  "project-list-1": listProjects(1),
  "project-list-100": listProjects(100),
  "project-all-100": listProjects(100),
  "keys-list-5000": keys(page, 5000, 1),
  "keys-all-5000": keys(page, 5000),
  "keys-walk-500": keys(big, 500),
  "keys-walk-5000": keys(big, 5000),
  "upload": upload,
};
const inFlight = name === "project-get-32" ? 32 : 1;

async function run(max, ms) {
  const op = works[name];
  const report = { ops: 0, tally: null, bytes: 0, allocs: 0 };
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  let started = 0;
  const loop = async () => {
    while (started < max) {
      started++;
      const tally = await op();
      report.ops++;
      report.tally ??= tally;
      if (tally.items !== report.tally.items || tally.sum !== report.tally.sum) {
        throw new Error(`an operation saw ${JSON.stringify(tally)}, the first one ${JSON.stringify(report.tally)}`);
      }
      if (ms > 0 && Number(process.hrtime.bigint() - start) / 1e6 > ms) return;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, loop));
  report.wall = Number(process.hrtime.bigint() - start);
  const used = process.cpuUsage(cpu);
  report.cpu = (used.user + used.system) * 1000;
  return report;
}

function peak() {
  const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"));
  return { peak_kib: found ? Number(found[1]) : 0 };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, n, ms] = line.split(" ");
  const report = command === "end" ? peak() : await run(Number(n), Number(ms));
  process.stdout.write(`${JSON.stringify(report)}\n`);
  if (command === "end") break;
}
