# SPDX-License-Identifier: Apache-2.0
"""Holds report.py against the published test vectors: vectors.py FILE"""

import json
import sys

import report
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Vector:
    def __init__(self, values):
        self.values, self.passed = values, 0

    def bytes(self, name):
        return bytes.fromhex(self.values[name][2:])

    def equal(self, name, found):
        if found != self.bytes(name):
            sys.exit(f"{self.values['name']}: {name} is {found.hex()}, not {self.values[name]}")
        self.passed += 1

    def check(self):
        given, equal, feed = self.bytes, self.equal, self.values["feed"]
        at = report.Place(given("genesis"), feed["market"], feed["index"], self.values["round"])
        tag = report.tag(at, given("tag_key"), given("canonical"))
        equal("tag", tag)
        sealed = report.seal_answer(
            at, given("reporter"), tag, given("access_public"), given("padded"), given("answer_ikm_e")
        )
        equal("sealed", sealed)
        body = report.body(at, given("reporter"), tag, sealed, self.values["sent_at"])
        equal("body", body)
        equal("report_hash", report.blake2(body))
        equal("signed_bytes", report.signed_bytes(body))
        signer = Ed25519PrivateKey.from_private_bytes(given("report_key_seed_ed25519"))
        signature = signer.sign(report.signed_bytes(body))
        equal("signature", signature)
        equal("report", body + signature)
        member = self.values["member"]
        equal("envelope", report.envelope(
            at, member, given("intake_public"), body + signature, given("envelope_ikm_e")
        ))
        hash, receipt = given("report_hash"), given("receipt")
        equal("receipt_payload", report.receipt_payload(at, hash, self.values["receipt_at"]))
        keys = {member: given("member_key_ed25519")}
        if not report.verify_receipt(at, hash, receipt, keys):
            sys.exit(f"{self.values['name']}: the receipt does not hold")
        if report.verify_receipt(at, tag, receipt, keys):
            sys.exit(f"{self.values['name']}: the receipt holds for another report")
        return self.passed + 2


def main():
    with open(sys.argv[1]) as file:
        vectors = json.load(file)["reports"]
    passed = sum(Vector(values).check() for values in vectors)
    if passed == 0:
        sys.exit("there are no vectors")
    print(f"{passed} passed, 0 failed: reports made in Python equal the published vectors")


if __name__ == "__main__":
    main()
