// Does with the official Node SDK what a test asks for: a line of JSON on
// standard input names a class, what to construct it with, the methods to call
// in turn and the last one's arguments; a line on standard output answers. It
// knows no method by name, so that every one of the SDK's can be called.
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
  const answer = await run(JSON.parse(line)).catch(failure);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
