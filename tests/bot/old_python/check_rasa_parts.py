"""What we put into Rasa: topic files, trackers, turns, and the stand-in for TensorFlow."""

import asyncio
import json
import unittest

from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.server.gateway_channel import GatewayChannel
from bot.server.topic_importer import DuplicateInDomain, TopicImporter, merge
from bot.server.tracker_store import LiveTrackers, living
from bot.server.turn import BadTurn, Turn, TurnFailed, read_turn, run_turn


class MergingTopicFiles(unittest.TestCase):
    def test_each_file_adds_its_slice_and_our_own_keys_are_passed_over(self):
        domain = {"version": "3.1", "intents": ["a"]}
        part = {"intents": ["b"], "slots": {"s": {}}, "topic": {"name": "b"}, "handoff": {}}
        merge(domain, part, "b.yml")
        self.assertEqual(domain, {"version": "3.1", "intents": ["a", "b"], "slots": {"s": {}}})

    def test_the_same_intent_or_form_twice_is_refused_by_file(self):
        for key, one in (("intents", ["a"]), ("forms", {"f": {}}), ("slots", {"s": {}})):
            domain = {}
            merge(domain, {key: one}, "one.yml")
            with self.assertRaisesRegex(DuplicateInDomain, "two.yml"):
                merge(domain, {key: one}, "two.yml")

    def test_an_action_may_serve_two_topics(self):
        domain = {"actions": ["action_x"]}
        merge(domain, {"actions": ["action_x"]}, "two.yml")
        self.assertEqual(domain, {"actions": ["action_x"]})

    def test_the_real_topic_files_make_one_domain(self):
        domain = TopicImporter("config.yml", "domain.yml", ["data/nlu"]).get_domain()
        self.assertIn("repair_report", domain.intents)
        self.assertIn("repair_form", domain.form_names)
        self.assertEqual(domain.session_config.session_expiration_time, 0)


class KeepingTrackers(unittest.TestCase):
    def setUp(self):
        self.store = LiveTrackers(Domain.empty(), limit=2)

    def save(self, name):
        asyncio.run(self.store.save(DialogueStateTracker(name, None)))

    def known(self):
        return list(asyncio.run(self.store.keys()))

    def test_the_longest_unused_one_goes_first(self):
        for name in ("a", "b", "a", "c"):
            self.save(name)
        self.assertEqual(self.known(), ["a", "c"])

    def test_a_dropped_one_is_gone_and_dropping_twice_is_harmless(self):
        self.save("a")
        self.store.drop("a")
        self.store.drop("a")
        self.assertIsNone(asyncio.run(self.store.retrieve("a")))

    def test_another_store_is_refused(self):
        with self.assertRaises(TypeError):
            living(object())


class ReadingTurns(unittest.TestCase):
    def test_a_turn_is_read(self):
        body = {"turn_id": "1", "session": "s", "text": "x", "channel": "sms", "payload": None}
        self.assertEqual(read_turn(json.dumps(body).encode()), Turn("1", "s", "x", "sms"))

    def test_what_is_not_a_turn_is_refused_without_repeating_it(self):
        for body in (b"geheim", b"[]", b"null", b'{"text": "geheim"}', b"\xff\xfe"):
            with self.assertRaises(BadTurn) as caught:
                read_turn(body)
            self.assertNotIn("geheim", str(caught.exception))


class _Agent:
    """As much of an agent as a turn needs; what it does with a message is given."""

    def __init__(self, does):
        self.domain = Domain.empty()
        self.tracker_store = LiveTrackers(self.domain)
        self.processor = type("Processor", (), {"_run_action": None, "on_circuit_break": None})()
        self._does = does

    async def handle_message(self, message):
        await self._does(self, message)


class RunningTurns(unittest.TestCase):
    def run_turn(self, does, text="hallo"):
        agent = _Agent(does)
        return agent, lambda: asyncio.run(run_turn(agent, Turn("1", "s", text, "webchat")))

    def test_a_turn_without_a_word_is_silent_and_leaves_no_tracker(self):
        async def nothing(agent, message):
            return None

        agent, turn = self.run_turn(nothing)
        with self.assertRaises(TurnFailed) as caught:
            turn()
        self.assertEqual(caught.exception.error, "silent")
        self.assertIsNone(asyncio.run(agent.tracker_store.retrieve("s")))

    def test_a_crash_leaves_no_tracker(self):
        async def crash(agent, message):
            raise RuntimeError("x")

        agent, turn = self.run_turn(crash)
        with self.assertRaises(RuntimeError):
            turn()
        self.assertIsNone(asyncio.run(agent.tracker_store.retrieve("s")))

    def test_rasa_never_reads_a_slash_at_the_start_of_tenant_text(self):
        seen = []

        async def remember(agent, message):
            seen.append(message.text)
            await message.output_channel.send_response("s", {"text": "ja"})

        for text in ("/restart", " / /x", "\x00/y", "/", "", "\u200b/z"):
            self.run_turn(remember, text)[1]()
        self.assertFalse([text for text in seen if not text or text.startswith("/")], seen)


class OpeningTheDoor(unittest.TestCase):
    def test_without_a_secret_it_stays_shut(self):
        for credentials in (None, {}, {"secret": ""}, {"secret": "${THUISBALIE_RASA_SECRET}"}):
            with self.assertRaises(ValueError):
                GatewayChannel.from_credentials(credentials)


class StandingInForTensorflow(unittest.TestCase):
    def test_names_decorators_and_base_classes_load_and_making_one_says_why_not(self):
        import tensorflow as tf
        from tensorflow.keras.layers import Dense

        if not hasattr(tf.anything, "_stand_in"):
            self.skipTest("the real TensorFlow is installed")
        self.assertEqual(tf.function(len), len)
        self.assertEqual(tf.function(input_signature=[])(len), len)
        self.assertFalse(hasattr(tf, "__wrapped__"))
        model = type("Model", (tf.keras.Model,), {})
        for neural in (model, type("Layer", (Dense,), {})):
            with self.assertRaisesRegex(RuntimeError, "neural"):
                neural(1)


if __name__ == "__main__":
    unittest.main()
