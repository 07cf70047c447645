// Package nodesdk lets the official Node SDK, @lokalise/node-api, work against
// the sandbox: what it sends must be understood, and what it makes of each
// answer is checked. The tests call the SDK's classes and methods by name
// through node/sdk.mjs, so a further method needs no further script.
package nodesdk
