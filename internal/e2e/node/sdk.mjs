// Does with the official Node SDK what a test asks for: a line of JSON on
// standard input names a class, what to construct it with, the methods to call
// in turn and the last one's arguments; a line on standard output answers. It
// knows no method by name, so that every one of the SDK's can be called. A line
// with the member list asks for the names of them all.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import * as sdk from "@lokalise/node-api";

const classOf = (value) => value?.constructor?.name ?? typeof value;

// The questions that a result answers by methods, such as hasNextPage. They
// take no arguments.
function questions(result) {
  const answers = {};
  if (result === null || typeof result !== "object") return answers;
  const prototype = Object.getPrototypeOf(result);
  if (prototype === Object.prototype || prototype === Array.prototype) return answers;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name === "constructor" || typeof result[name] !== "function") continue;
    if (result[name].length === 0) answers[name] = result[name]();
  }
  return answers;
}

// What the package's declarations call protected or private, which nothing at
// run time tells from the rest.
async function hiddenNames() {
  const file = new URL("main.d.mts", import.meta.resolve("@lokalise/node-api"));
  const hidden = /^\s*(?:protected|private)\s+(?:static\s+|abstract\s+|readonly\s+|get\s+)*(\w+)/gm;
  return new Set(Array.from((await readFile(file, "utf8")).matchAll(hidden), (match) => match[1]));
}

function methodsOf(object, hidden) {
  const names = new Set();
  for (let p = Object.getPrototypeOf(object); p !== Object.prototype; p = Object.getPrototypeOf(p)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(p))) {
      if (name !== "constructor" && typeof value === "function" && !hidden.has(name)) names.add(name);
    }
  }
  return [...names];
}

// Every method that makes a request, as class, collection and method. The
// classes of errors have none.
async function methods() {
  const hidden = await hiddenNames();
  const all = [];
  for (const [name, Class] of Object.entries(sdk)) {
    if (name.endsWith("Error")) continue;
    if (Class === sdk.LokaliseAuth) {
      all.push(...methodsOf(new Class("id", "secret"), hidden).map((method) => `${name}.${method}`));
      continue;
    }
    const client = new Class({ apiKey: "none" });
    for (const collection of methodsOf(client, hidden)) {
      all.push(...methodsOf(client[collection](), hidden).map((method) => `${name}.${collection}.${method}`));
    }
  }
  return all.sort();
}

async function run({ construct, arguments: given, methods, parameters }) {
  let target = new sdk[construct](...given);
  for (const method of methods.slice(0, -1)) target = target[method]();
  const result = await target[methods.at(-1)](...parameters);
  return {
    class: classOf(result),
    items: classOf(result?.items?.[0]),
    value: result,
    questions: questions(result),
  };
}

// The SDK throws instances of Error, whose message JSON leaves out, and plain
// objects.
const failure = (error) => ({
  class: classOf(error),
  failure: { ...(error instanceof Error && { message: error.message }), ...error },
});

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = await (request.list ? methods().then((value) => ({ value })) : run(request)).catch(failure);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
