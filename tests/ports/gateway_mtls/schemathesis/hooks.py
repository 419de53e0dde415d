"""What generated requests cannot know: the terminal, and a card that signs this gateway's nonce.

Only requests that are meant to be right are completed, so that they get past the first refusal; wrong ones go out as
generated.
"""

import json
import os
import urllib.request
import uuid

import schemathesis

CARD = os.environ["UKETSUKE_CARD"]
FACILITY = "1310000001"
TERMINAL = "T001"
# The gateway's clock in this test, and somebody it knows.
NOW = "2026-11-20T09:00:00+09:00"
INSURED = {"insurerNumber": "06999916", "number": "0204", "branchNumber": "00", "birthDate": "1991-09-03"}

# 422 means one of these; everything the schema can say is refused before.
SEMANTIC = {
    "card-signature-invalid",
    "card-certificate-invalid",
    "card-not-registered",
    "challenge-expired",
    "consents-not-applicable",
    "forbidden-content",
    "idempotency-key-reused",
    "insurer-number-check-digit",
    "registration-not-yet",
}
# What a schema cannot say of a member.
BEYOND_SCHEMA = {"future", "past", "twice", "notFound"}


def ask(path):
    with urllib.request.urlopen(f"{CARD}/{path}", timeout=20) as answer:
        return json.load(answer)


def is_wrong(case, place):
    """Whether this part of a request was made wrong on purpose."""
    for location, part in case.meta.components.items():
        if location.value == place:
            return part.mode.is_negative
    return False


@schemathesis.hook
def before_call(context, case, kwargs):
    if not is_wrong(case, "header") and case.headers is not None:
        case.headers["X-Terminal-Id"] = TERMINAL
        if "Idempotency-Key" in case.headers and case.meta.generation.mode.is_positive:
            case.headers["Idempotency-Key"] = f'"{uuid.uuid4()}"'
    body = case.body
    if is_wrong(case, "body") or not isinstance(body, dict):
        return
    if "facilityCode" in body:
        body["facilityCode"] = FACILITY
    if not case.meta.generation.mode.is_positive:
        return
    if "mynaCard" in body:
        body["mynaCard"] = ask("proof")
    if "termsVersion" in body:
        body["challengeId"] = ask("refused")
        body["agreedAt"] = NOW
    if "grantedAt" in body and "consents" in body:
        body["grantedAt"] = NOW
        body["consents"] = list({consent["scope"]: consent for consent in body["consents"]}.values())
        if case.meta.phase.name.value != "stateful":
            case.path_parameters["id"] = ask("check")
    if "insuredNumber" in body and len(body["insuredNumber"]["number"]) % 2:
        body["insuredNumber"] = INSURED
    if "referenceNumber" in body:
        body["insuredNumber"] = INSURED


@schemathesis.check
def refusals_are_semantic(context, response, case):
    if response.status_code != 422 or not case.meta.generation.mode.is_positive:
        return
    problem = response.json()
    name = problem["type"].rsplit(":", 1)[-1]
    codes = {error["code"] for error in problem.get("errors", [])}
    semantic = name in SEMANTIC or (name == "validation-failed" and codes and codes <= BEYOND_SCHEMA)
    assert semantic, f"{name} {sorted(codes)} is no semantic refusal"


@schemathesis.check
def the_request_id_comes_back(context, response, case):
    sent = response.request.headers.get("X-Request-ID")
    if sent and response.status_code != 400:
        assert response.headers.get("x-request-id") == [sent]
