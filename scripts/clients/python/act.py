# SPDX-License-Identifier: Apache-2.0
"""substrate-interface as requester and as two reporters: creates a market, joins, reports, reads the
outcome, and sees everyone paid.

    act.py URL OUT
"""

import os
import sys
import time

import report
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from judge import connect, ensure, run, say, until
from substrateinterface import Keypair, KeypairType

EVT = 10**12
REWARD = 10 * EVT
# Canonical form of the answer `true`: values, and the value.
TRUE = bytes([0, 1])


def bounded(items):
    """A BoundedVec is a tuple with a list in it; given a list of one, the library takes it for that
    tuple."""
    return [items]


def question(tag_key, access):
    """A boolean that two people have to agree on."""
    now = int(time.time() * 1000)
    return {
        "definition": {
            "fields": bounded([{"name": "", "field_type": {"Scalar": "Boolean"}}]),
            "event": "Single",
            "min_people": 2,
            "max_people": 2,
            "min_consensus": 2,
            "consensus_rule": 666_666_667,
            "consensus_mode": "Final",
            "reward": REWARD,
            "currency": "Evt",
            "stake_factor": 10**9,
            "join_bonus": 10**9,
            "committee_size": 4,
            "gate": {"min_reputation": 0, "min_balance": 0, "any": False},
            "time_to_join": now + 120_000,
            "reporting_timestamp": None,
            "stop_voting": {"at": now + 600_000, "share": None, "quiet": None},
            "start_dispute_time": 0,
            "max_dispute_time": 1_000,
            "cross_validate": 100_000_000,
            "visibility": {
                "Public": {"tag_key": "0x" + tag_key.hex(), "access_secret": "0x" + access.hex()}
            },
            "validation_fee": None,
            "default_value": None,
        },
        "text": {
            "name": "Foreign clients: substrate-interface",
            "description": "Is this decoded?",
            "rules": None,
            "categories": ["Clients", "", ""],
            "location": "",
            "webhook_url": "",
        },
    }


def send(chain, keypair, module, function, **arguments):
    """Asks for the fee, sends, waits until it is final, and answers with events and block. (The
    library's own way to an extrinsic's events decodes all of the block, which may hold a
    certificate.)"""
    call = chain.compose_call(module, function, arguments)
    ensure(chain.get_payment_info(call, keypair)["partialFee"] > 0, "a transaction has a fee")
    extrinsic = chain.create_signed_extrinsic(call, keypair, era={"period": 64})
    block = chain.submit_extrinsic(extrinsic, wait_for_finalization=True).block_hash
    found = chain.rpc_request("chain_getBlock", [block])["result"]["block"]["extrinsics"]
    place = found.index(extrinsic.data.to_hex())
    events = [
        event.value["event"]
        for event in chain.get_events(block_hash=block)
        if event.value["extrinsic_idx"] == place
    ]
    ensure(any(event["event_id"] == "ExtrinsicSuccess" for event in events), f"it goes well: {events}")
    return events, block


def the(events, name):
    found = [event["attributes"] for event in events if event["event_id"] == name]
    ensure(len(found) == 1, f"{name} happened")
    return found[0]


def judge(url):
    chain = connect(url)
    requester = Keypair.create_from_uri("//Charlie")
    reporters = [
        Keypair.create_from_uri("//Charlie//reporter"),
        Keypair.create_from_seed(os.urandom(32), crypto_type=KeypairType.ED25519),
    ]
    tag_key, access = os.urandom(32), X25519PrivateKey.generate()

    calls = [
        chain.compose_call(
            "Balances", "transfer_keep_alive", {"dest": reporter.ss58_address, "value": 100 * EVT}
        )
        for reporter in reporters
    ]
    feeds = bounded([question(tag_key, access.private_bytes_raw())])
    calls.append(chain.compose_call("Markets", "create_market", {"feeds": feeds}))
    events, block = send(chain, requester, "Utility", "batch_all", calls=calls)
    market = the(events, "MarketCreated")["market"]
    created = chain.get_block_number(block)
    feed = {"market": market, "index": 0}
    say(f"created market {market}")

    for index, reporter in enumerate(reporters):
        kind = "Ed25519" if reporter.crypto_type == KeypairType.ED25519 else "Sr25519"
        key = {kind: "0x" + reporter.public_key.hex()}
        events, _ = send(chain, reporter, "Markets", "join", feed=feed, report_key=key)
        ensure(the(events, "Joined")["index"] == index, "places are given in the order of joining")
    say("joined, with an sr25519 and with an ed25519 account")

    def request(method, parameters):
        return chain.rpc_request(method, parameters)["result"]

    def state():
        # Members act upon finalized blocks. An enum's name; one with data is an object of that key.
        head = chain.get_chain_finalised_head()
        value = chain.query("Markets", "Feeds", [feed], block_hash=head).value["state"]
        return value if isinstance(value, str) else next(iter(value))

    until("the feed takes reports", lambda: state() == "Reporting" or None)
    members = chain.query("Committees", "Committees", [feed]).value["members"]
    keys = [bytes.fromhex(member["vald"][2:]) for member in members]
    intakes = [bytes.fromhex(member["intake"][2:]) for member in members]

    genesis = bytes.fromhex(chain.get_block_hash(0)[2:])
    at = report.Place(genesis, market, 0, 0)
    access_public = access.public_key().public_bytes_raw()
    for reporter in reporters:
        made, envelopes = report.make(
            at, reporter.public_key, tag_key, access_public, TRUE, TRUE, reporter.sign, intakes
        )
        for receipt in report.hand_in(request, envelopes):
            ensure(report.verify_receipt(at, made, receipt, keys), "the receipt is in order")
    say(f"reported, and has {len(members)} receipts for each report")

    pushed = 0

    def push(message, *_):
        nonlocal pushed
        pushed += 1
        item = message["params"]["result"]
        return item if item["final"] else None

    outcome = chain.rpc_request("eventum_subscribeOutcomes", [f"{market}/0"], push)
    ensure((outcome["agreed"], outcome["total"]) == (2, 2), "both agree")
    ensure(outcome["body"]["data"][0]["consensus_value"] is True, "it is what was reported")
    say("has the outcome")

    until("the feed is settled", lambda: state() == "Settled" or None)
    record = chain.query("Markets", "Outcomes", [feed, 0]).value
    ensure(record["agreed"] == 2, "the chain keeps the outcome")
    settled(chain, feed, created)
    for reporter in reporters:
        held = chain.query("Balances", "Holds", [reporter.ss58_address]).value
        ensure(held == [], "nothing of a reporter is held any more")
    say("was paid, and got back what was held")
    return {"market": market, "pushes": pushed, "reported": "by itself"}


def settled(chain, feed, created):
    """What became of the feed by the events of the blocks since it was created."""
    certified, paid, rewards = [], [], 0
    for number in range(created, chain.get_block_number(chain.get_chain_finalised_head()) + 1):
        for event in chain.get_events(block_hash=chain.get_block_hash(number)):
            name, attributes = event.value["event_id"], event.value["attributes"]
            if event.value["module_id"] != "Markets" or attributes.get("feed") != feed:
                continue
            if name == "OutcomeCertified":
                certified.append(attributes)
            if name == "ReporterSettled":
                paid.append(attributes)
            if name == "FeedSettled":
                rewards = attributes["rewards"] + attributes["remainder"]
    ensure(certified, "the outcome is certified on chain")
    for event in certified:
        # Bytes that are text are shown as text.
        answer = event["answer"]
        shown = bytes.fromhex(answer[2:]) if answer.startswith("0x") else answer.encode()
        ensure(shown == TRUE, f"the event tells the answer: {answer!r}")
    ensure(len(paid) == 2, "both reporters are paid")
    for event in paid:
        ensure(event["stake"] == event["stake_back"], "the whole stake comes back")
        ensure(event["reward"] > 0, "there is a reward")
    ensure(rewards == REWARD, "all of the reward went out")


if __name__ == "__main__":
    url, out = sys.argv[1:]
    run(out, lambda: judge(url))
