"""Who asks: every request is somebody else's, so that each of twelve people, and nobody, come to every operation."""

import itertools
import os

import schemathesis

with open(os.environ["CONTRACT_TOKENS"]) as lines:
    PEOPLE = [tuple(line.split()) for line in lines]

# The name is told with a failure, where the token is not.
TURNS = itertools.cycle([*PEOPLE, ("nobody", None)])


@schemathesis.hook
def before_call(context, case, kwargs):
    name, token = next(TURNS)
    case.headers["X-Actor"] = name
    case.headers.pop("Authorization", None)
    if token:
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.check
def nobody_is_let_in(context, response, case):
    is_open = {} in (case.operation.definition.raw.get("security") or [])
    if case.headers.get("X-Actor") == "nobody" and not is_open:
        assert response.status_code >= 400, "somebody who did not say who they are was answered"
