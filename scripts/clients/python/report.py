# SPDX-License-Identifier: Apache-2.0
"""What a reporter's client does, in Python: tags, sealed answers, reports, envelopes, and what
committee members give back. Written after docs/clients.md, with PyPI's libraries for HPKE and
signatures; vectors.py holds it against the published test vectors."""

import hashlib
import time
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKey

SUITE = CipherSuite.new(
    KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.CHACHA20_POLY1305
)


def unsigned(value, length):
    return value.to_bytes(length, "little")


def with_length(data):
    """SCALE of bytes, shorter than 16,384."""
    compact = unsigned(len(data) * 4, 1) if len(data) < 64 else unsigned(len(data) * 4 + 1, 2)
    return compact + data


def blake2(*parts, key=b""):
    return hashlib.blake2b(b"".join(parts), digest_size=32, key=key).digest()


def seal(recipient, info, aad, plaintext, seed=None):
    """The encapsulated key, then the ciphertext. Test vectors fix the seed of the ephemeral key."""
    public = KEMKey.from_pyca_cryptography_key(X25519PublicKey.from_public_bytes(recipient))
    ephemeral = seed and SUITE.kem.derive_key_pair(seed)
    key, context = SUITE.create_sender_context(public, info, eks=ephemeral)
    return key + context.seal(plaintext, aad)


@dataclass
class Place:
    """Where a report belongs."""

    genesis: bytes
    market: int
    index: int
    round: int

    @property
    def feed(self):
        return unsigned(self.market, 8) + unsigned(self.index, 2)

    def encode(self):
        return self.genesis + self.feed + unsigned(self.round, 4)


def tag(at, tag_key, canonical):
    """Answers with values are tagged with the feed's key, the others without."""
    return blake2(at.encode(), canonical, key=tag_key if canonical[0] == 0 else b"")


def seal_answer(at, reporter, tagged, access_public, padded, seed=None):
    return seal(access_public, at.encode(), reporter + tagged, padded, seed)


def body(at, reporter, tagged, sealed, sent_at):
    return at.encode() + reporter + tagged + with_length(sealed) + unsigned(sent_at, 8)


def signed_bytes(body):
    return b"<Bytes>" + blake2(b"eventum/report/1", body) + b"</Bytes>"


def envelope(at, member, intake, report, seed=None):
    info = b"eventum/intake/1" + at.genesis + at.feed + unsigned(member, 1)
    sealed = seal(intake, info, b"", report, seed)
    return at.feed + unsigned(member, 1) + with_length(sealed)


def make(at, reporter, tag_key, access_public, canonical, padded, sign, intakes):
    """The hash of a report, and an envelope of it for each of `intakes`."""
    tagged = tag(at, tag_key, canonical)
    sealed = seal_answer(at, reporter, tagged, access_public, padded)
    made = body(at, reporter, tagged, sealed, int(time.time() * 1000))
    report = made + sign(signed_bytes(made))
    envelopes = [envelope(at, member, intake, report) for member, intake in enumerate(intakes)]
    return blake2(made), envelopes


# What may be otherwise a moment later: the feed is not served yet, a member is away or full.
PASSING = {7101, 7103, 7112, 7116}


def hand_in(request, envelopes, seconds=20):
    """Hands envelopes in by `request(method, params)` until each has its receipt."""
    end = time.monotonic() + seconds
    receipts = {}
    while missing := [index for index in range(len(envelopes)) if index not in receipts]:
        hexed = ["0x" + envelopes[index].hex() for index in missing]
        for index, answer in zip(missing, request("eventum_submitReports", [hexed])):
            if "receipt" in answer:
                receipts[index] = bytes.fromhex(answer["receipt"][2:])
            elif answer["error"]["code"] not in PASSING or time.monotonic() > end:
                raise RuntimeError(answer["error"]["message"])
        time.sleep(0.2)
    return list(receipts.values())


def is_signed(key, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def receipt_payload(at, report, arrival):
    moment = unsigned(arrival, 8)
    return blake2(b"eventum/receipt/1", at.encode(), report, moment)


def verify_receipt(at, report, receipt, keys):
    """A receipt's parts: feed 10 bytes, round 4, report 32, arrival 8, member 1, signature 64."""
    arrival, member = int.from_bytes(receipt[46:54], "little"), receipt[54]
    return is_signed(keys[member], receipt[55:], receipt_payload(at, report, arrival))
