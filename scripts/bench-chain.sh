#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What a round costs on chain: bytes, computation, reads and writes for each counted report, and the
# weight of verifying certificates. Bytes are those of the transactions that nodes make; the rest is
# read off the measured weights of the markets pallet (scripts/weights.sh).
#
#   scripts/bench-chain.sh [REPORTERS [MEMBERS]]     200 and 4 if not given

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
head_help "$@"
cd "$EVENTUM_ROOT"
reporters=${1:-200} members=${2:-4}
read -r certificate detail < <(
	cargo run --quiet --release --locked -p eventum-runtime --example chain_bytes -- "$reporters" "$members"
)
python3 - "$reporters" "$members" "$certificate" "$detail" << 'PRINT'
import re
import sys

reporters, members, certificate, detail = map(int, sys.argv[1:])
PAGE = 64
quorum = lambda m: m * 2 // 3 + 1

text = open("pallets/markets/src/weights.rs").read()
text = text[text.index("for SubstrateWeight") : text.index("impl WeightInfo for ()")]
functions = {}
for match in re.finditer(r"fn (\w+)\((.*?)\) -> Weight \{(.*?)\n\t\}", text, re.S):
    functions[match[1]] = (re.findall(r"(\w+): u32", match[2]), match[3])


def weight(name, **given):
    """Picoseconds without the database, reads, writes."""
    components, body = functions[name]
    assert set(components) == set(given), (name, components)
    total = [0.0, 0, 0]
    times = r"(?:\.saturating_mul\((\w)\.into\(\)\))?"
    for part, component in re.findall(r"from_parts\(([\d_]+), [\d_]+\)" + times, body):
        total[0] += int(part) * given.get(component, 1)
    for place, kind in ((1, "reads"), (2, "writes")):
        for part, component in re.findall(kind + r"\(\(?([\d_]+?)(?:_u64)?\)?" + times, body):
            total[place] += int(part) * given.get(component, 1)
    return total


pages = [PAGE] * (reporters // PAGE) + [reporters % PAGE] * (reporters % PAGE > 0)
steps = [
    ("certificate", [weight("submit_certificate", m=quorum(members)), weight("authorize_submit_certificate", m=quorum(members))]),
    ("detail", [weight("submit_detail", p=len(pages)), weight("authorize_submit_detail", r=reporters)]),
    ("reporters paid", [weight("pay_page", r=page) for page in pages]),
    ("committee paid", [weight("pay_escrow", m=members)]),
    ("states", [weight("move_on")] * 2),
]
print(f"{reporters} reporters, {members} members, one round, settlement included")
print(f"{'':16}{'microseconds':>14}{'reads':>8}{'writes':>8}   for each report")
sums = [0, 0, 0]
for name, weights in steps:
    each = [sum(column) / reporters for column in zip(*weights)]
    sums = [a + b for a, b in zip(sums, each)]
    print(f"{name:16}{each[0] / 1e6:>14.1f}{each[1]:>8.2f}{each[2]:>8.2f}")
print(f"{'in all':16}{sums[0] / 1e6:>14.1f}{sums[1]:>8.2f}{sums[2]:>8.2f}")
print("target: at most 80 microseconds, 4 reads, 4 writes\n")
print("verifying a certificate's signatures, by members of the committee (milliseconds)")
for m in (4, 7, 10, 16, 31, 64):
    print(f"{m:>4} members, {quorum(m):>2} signatures {weight('authorize_submit_certificate', m=quorum(m))[0] / 1e9:>8.2f}")
print(f"\ncertificate {certificate} bytes, detail {detail} bytes; target: at most 6 bytes for each report")
print(f"bytes {(certificate + detail) / reporters:.2f}")
PRINT
