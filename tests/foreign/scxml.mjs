// Loads an exported document into a real SCXML interpreter, SCION.
import { createRequire } from "node:module";

const scxml = createRequire(import.meta.url)("@scion-scxml/scxml");

/** A function with a callback at its end, as a promise. */
const promised = (call) => new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));

/** An engine that begins anew for every history. */
export async function engine(document) {
  const model = await promised((done) => scxml.documentStringToModel("definition.scxml", document, done));
  const prepared = await promised((done) => model.prepare(done));
  // The data of a prepared model is one for all charts made of it: each history begins from a copy of the first.
  const first = new scxml.core.Statechart(prepared);
  first.start();
  const start = JSON.stringify(first.getSnapshot());
  return () => {
    const chart = new scxml.core.Statechart(prepared, { snapshot: JSON.parse(start) });
    return {
      send: ({ type, ...data }) => chart.gen({ name: type, data }),
      configuration() {
        const [active, , closed, data] = chart.getSnapshot();
        const state = active[0].split(".")[0];
        const regions = Object.fromEntries(
          active.filter((id) => id.includes(".")).map((id) => id.split(".").slice(1)),
        );
        return { state, closed, regions, ...data };
      },
    };
  };
}
