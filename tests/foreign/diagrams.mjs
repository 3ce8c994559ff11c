// The diagrams as other programs read them: `node diagrams.mjs FOLDER DEFINITION…`, where FOLDER has for each definition
// NAME.mmd and, where Graphviz is there, NAME.svg as it drew our DOT. Both have to show the states and the ways that the
// definition itself names, no more and no less.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { JSDOM } from "jsdom";
import { parse } from "yaml";

// Mermaid looks for a browser while it is loaded.
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import("mermaid");

const words = (id) => id.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase());
const way = (from, to, label) => `${from} -> ${to}: ${label}`;

// What the file says, without any of our code.
function wanted(definition) {
  const ways = Object.entries(definition.transitions).flatMap(([id, { from, to, label }]) =>
    from.map((from) => way(from, to, label ?? words(id))),
  );
  return { states: Object.entries(definition.states).map(([id, { label }]) => `${id}: ${label}`).sort(), ways: ways.sort() };
}

// Graphviz names a node by the title of its group, and an edge by `from->to`; the first line of text is its label.
function drawn(svg) {
  const { document } = new JSDOM(svg, { contentType: "image/svg+xml" }).window;
  const groups = (kind) => [...document.querySelectorAll(`g.${kind}`)].map((group) => ({
    title: group.querySelector("title").textContent,
    text: group.querySelector("text").textContent,
  }));
  return {
    states: groups("node").map(({ title, text }) => `${title}: ${text}`).sort(),
    ways: groups("edge").map(({ title, text }) => way(...title.split("->"), text)).sort(),
  };
}

// Mermaid's own parser and its own idea of what it read. Ids are prefixed for it, `-` is `_`, and a label has its cause in
// parentheses; the ways from and to the dots of beginning and end are its own.
async function read(text, definition) {
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const ids = new Map(Object.keys(definition.states).map((id) => [`s_${id.replaceAll("-", "_")}`, id]));
  const states = [...db.getStates().values()].filter(({ id }) => ids.has(id));
  const ways = db.getRelations().filter(({ id1, id2 }) => ids.has(id1) && ids.has(id2));
  const others = db.getRelations().filter((relation) => !ways.includes(relation));
  const ends = Object.values(definition.states).filter(({ kind }) => kind).length;
  assert.equal(others.length, ends, "one dot for the beginning and one for each end");
  return {
    states: states.map(({ id, descriptions }) => `${ids.get(id)}: ${descriptions[0]}`).sort(),
    ways: ways.map(({ id1, id2, relationTitle }) => way(ids.get(id1), ids.get(id2), relationTitle.replace(/ \(.*$/, ""))).sort(),
  };
}

const [folder, ...files] = process.argv.slice(2);
// What Mermaid cannot have in a text is written otherwise.
const plain = ({ states, ways }) => ({
  states: states.map((state) => state.replaceAll(/(?<=: .*)[:;#%]/g, ",")),
  ways: ways.map((way) => way.replaceAll(/(?<=: .*)[:;#%]/g, ",")),
});
for (const file of files) {
  const name = basename(file, ".yaml");
  const definition = parse(readFileSync(file, "utf8"));
  const said = wanted(definition);
  const picture = join(folder, `${name}.svg`);
  if (existsSync(picture)) assert.deepEqual(drawn(readFileSync(picture, "utf8")), said, `${name} in Graphviz`);
  assert.deepEqual(await read(readFileSync(join(folder, `${name}.mmd`), "utf8"), definition), plain(said), `${name} in Mermaid`);
  console.log(`ok    ${name}: ${said.states.length} states and ${said.ways.length} ways${existsSync(picture) ? ", in Graphviz and" : ","} in Mermaid`);
}
