// Loads an exported machine into the real XState: the guards and actions that `workflows/README.md` describes.
import { assign, createActor, setup } from "xstate";

const compare = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};
const arithmetic = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b };
const given = (track) => track.approve + track.revise + track.reject;

function number(term, context) {
  if (typeof term === "number") return term;
  if ("counter" in term) return context.counters[term.counter];
  if ("verdicts" in term) return context.tracks[term.verdicts[0]][term.verdicts[1]];
  if ("given" in term) return given(context.tracks[term.given]);
  if ("seated" in term) return context.tracks[term.seated].seated;
  const [left, sign, right] = term.arithmetic;
  return arithmetic[sign](number(left, context), number(right, context));
}

function holds(guard, context, event) {
  if ("all" in guard) return guard.all.every((part) => holds(part, context, event));
  if ("any" in guard) return guard.any.some((part) => holds(part, context, event));
  if ("not" in guard) return !holds(guard.not, context, event);
  if ("outcome" in guard) return event.outcomes?.[guard.outcome] === true;
  const [left, sign, right] = guard.compare;
  return compare[sign](number(left, context), number(right, context));
}

const track = (change) =>
  assign(({ context, event }, params) => ({
    tracks: { ...context.tracks, [params.track]: change(context.tracks[params.track], params, event) },
  }));

const implementations = {
  guards: { holds: ({ context, event }, params) => holds(params, context, event) },
  actions: {
    count: assign(({ context }, { counter }) => ({
      counters: { ...context.counters, [counter]: context.counters[counter] + 1 },
    })),
    open: track(() => ({ seated: 0, approve: 0, revise: 0, reject: 0 })),
    sit: track((it) => ({ ...it, seated: it.seated + 1 })),
    rise: track((it) => ({ ...it, seated: it.seated - 1 })),
    judge: track((it, { verdict }) => ({ ...it, [verdict]: it[verdict] + 1 })),
    leave: assign(({ context, event }) => {
      const tracks = { ...context.tracks };
      for (const name of event.released) tracks[name] = { ...tracks[name], seated: tracks[name].seated - 1 };
      for (const { track: name, verdict } of event.voided) {
        const it = tracks[name];
        tracks[name] = { ...it, seated: it.seated - 1, [verdict]: it[verdict] - 1 };
      }
      return { tracks };
    }),
  },
};

/** An engine that begins anew for every history. */
export function engine(config) {
  const machine = setup(implementations).createMachine(config);
  return () => {
    const actor = createActor(machine);
    actor.start();
    return {
      send: (event) => actor.send(event),
      configuration() {
        const { value, context, status } = actor.getSnapshot();
        const state = typeof value === "string" ? value : Object.keys(value)[0];
        const regions = typeof value === "string" ? {} : value[state];
        return { state, closed: status === "done", regions, ...context };
      },
    };
  };
}
