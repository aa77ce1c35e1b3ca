"""The classifier's parts, on a few texts and with embedders made for the purpose."""

import tempfile
import unittest
from pathlib import Path

import numpy as np

from bot.server.components import calibration, dutch
from bot.server.components.confidence import Confidence, Promise, measure
from bot.server.components.spelling import Spelling
from bot.server.components.topic_classifier import ANSWER, FALLBACK, open_model, read
from bot.server.components.topic_model import Texts, TopicModel
from bot.server.components.vectors import VectorStore

TEXTS = [
    "wanneer moet ik de huur betalen", "huur betalen voor welke dag", "betaaldatum huur",
    "wanneer gaat de huur eraf", "de huur wanneer", "op welke dag betaal ik huur",
    "de kraan lekt", "kraan kapot", "lekkende kraan keuken", "mijn kraan drupt", "kraan stuk",
    "er lekt een kraan",
]  # fmt: skip
LABELS = ["rent"] * 6 + ["repair"] * 6
WRITERS = ["ann", "ann", "bo", "bo", "cas", "cas"] * 2


class Letters:
    """Counts letters; remembers how often it was asked."""

    name = "letters-1"
    parts = (26,)

    def __init__(self):
        self.encoded = 0

    def encode(self, texts):
        self.encoded += len(texts)
        rows = [[text.count(chr(97 + place)) for place in range(26)] for text in texts]
        return np.array(rows, dtype=np.float32) + 0.1


class CleaningTexts(unittest.TestCase):
    def test_what_breaks_an_encoder_is_gone(self):
        self.assertEqual(dutch.clean("a\x00b\ud800c\x07  d\n"), "a bc d")

    def test_a_long_text_is_cut(self):
        self.assertEqual(len(dutch.clean("x" * 100_000)), dutch.LIMIT)
        self.assertEqual(len(dutch.clean("😀" * 10_000)), dutch.LIMIT)

    def test_emoji_and_other_scripts_stay(self):
        self.assertEqual(dutch.clean("👩‍👧 مرحبا привіт"), "👩‍👧 مرحبا привіт")

    def test_short_forms_and_fillers_are_written_out(self):
        self.assertEqual(
            dutch.plain("Uhm ff wachten, wnr komt ie?"), "even wachten , wanneer komt ie ?"
        )
        self.assertEqual(dutch.plain("heeeeel 1234 café"), "heel 0 cafe")

    def test_a_text_of_fillers_alone_stays_a_text(self):
        self.assertTrue(dutch.plain("uhm"))

    def test_what_sounds_the_same_is_the_same(self):
        for one, other in (("wacht", "wagt"), ("antwoord", "antwoort"), ("rijk", "reik")):
            self.assertEqual(dutch.sounds(one), dutch.sounds(other))
        self.assertNotEqual(dutch.sounds("huur"), dutch.sounds("hier"))


class MendingSpelling(unittest.TestCase):
    def setUp(self):
        said = ["ik wacht op antwoord van de woningbouw", "de verwarming blijft weer koud"]
        texts = [text for text in said for _ in range(4)]
        self.spelling = Spelling.learn(texts, ["ann", "bo", "cas", "dirk"] * 2)

    def test_a_slip_of_the_finger_is_mended(self):
        for typed in ("verwamring", "verwarmin", "verrwarming", "verwarning"):
            self.assertEqual(self.spelling.mend(f"de {typed} koud"), "de verwarming koud")

    def test_a_word_spelt_by_ear_is_mended(self):
        self.assertEqual(self.spelling.mend("ik wacht op antwoort"), "ik wacht op antwoord")
        self.assertEqual(self.spelling.mend("ik op van wagt"), "ik op van wacht")

    def test_known_and_short_words_stay_as_they_are(self):
        for text in ("ik blijft koud", "op de ko", "Ik wacht op de verwarming."):
            self.assertEqual(self.spelling.mend(text), text)

    def test_a_text_in_another_language_stays_as_it_is(self):
        for text in ("ısıtma çalışmıyor", "verwarnin what is this", "التدفئة"):
            self.assertEqual(self.spelling.mend(text), text)

    def test_what_was_learned_can_be_kept(self):
        with tempfile.TemporaryDirectory() as folder:
            self.spelling.save(Path(folder))
            again = Spelling.load(Path(folder))
        self.assertEqual(again.mend("de verwamring koud"), "de verwarming koud")


class KeepingVectors(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_only_new_texts_are_embedded(self):
        first, second = Letters(), Letters()
        VectorStore(self.folder).encode(first, ["a", "b"])
        again = VectorStore(self.folder).encode(second, ["b", "c", "a"])
        self.assertEqual((first.encoded, second.encoded), (2, 1))
        np.testing.assert_array_equal(again, Letters().encode(["b", "c", "a"]))

    def test_a_broken_file_is_made_anew(self):
        VectorStore(self.folder).encode(Letters(), ["a"])
        (self.folder / "letters-1.npz").write_bytes(b"half")
        self.assertEqual(VectorStore(self.folder).encode(Letters(), ["a"]).shape, (1, 26))


class Calibrating(unittest.TestCase):
    def judged(self, rightness):
        """A judge who is right this often and always as sure."""
        random = np.random.default_rng(int(rightness * 100))
        seen = np.where(random.random(600) < rightness, self.truth, random.integers(0, 3, 600))
        return np.eye(3)[seen] * 20

    truth = np.random.default_rng(1).integers(0, 3, 600)

    def test_a_judge_who_is_too_sure_is_cooled(self):
        scores = self.judged(0.7)
        weights = calibration.fit_weights(scores[None], self.truth)
        sure = calibration.probabilities(scores * weights[0])
        right = sure.argmax(axis=1) == self.truth
        self.assertLess(weights[0], 1 / 3)
        self.assertLess(calibration.expected_error(sure.max(axis=1), right), 0.03)

    def test_the_better_judge_counts_for_more_and_noise_for_nothing(self):
        opinions = np.stack([self.judged(0.5), self.judged(0.8), self.judged(0.0)])
        middling, good, noise = calibration.fit_weights(opinions, self.truth)
        self.assertGreater(good, middling)
        self.assertGreater(middling, 0.01)
        self.assertLess(noise, 0.01)

    def test_the_threshold_keeps_the_share_of_wrong_answers(self):
        sure = np.linspace(0, 1, 101)
        right = sure >= 0.7
        found = calibration.fit_threshold(sure, right, 0.02)
        answered, wrong = calibration.coverage(sure, right, found)
        self.assertLessEqual(wrong, 0.02)
        self.assertGreater(answered, 0.29)

    def test_the_threshold_stays_within_its_bounds(self):
        sure = np.linspace(0, 1, 50)
        always, never = np.ones(50, dtype=bool), np.zeros(50, dtype=bool)
        self.assertEqual(calibration.fit_threshold(sure, always, 0.02), calibration.FLOOR)
        self.assertEqual(calibration.fit_threshold(sure, never, 0.02), calibration.CEILING)

    def test_a_topic_that_is_often_mistaken_must_be_surer(self):
        sure = np.linspace(0.5, 0.95, 40)
        good, bad = np.ones(40, dtype=bool), sure > 0.8
        self.assertEqual(calibration.own_threshold(sure, good, 0.02, 0.6), 0.6)
        self.assertGreater(calibration.own_threshold(sure, bad, 0.02, 0.6), 0.7)

    def test_a_topic_without_texts_keeps_the_common_threshold(self):
        nothing = np.zeros(0)
        self.assertEqual(calibration.own_threshold(nothing, nothing == 1, 0.02, 0.6), 0.6)


class LearningTopics(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.store = VectorStore(self.folder / "vectors")

    def train(self, embedders):
        given = Texts.of(TEXTS, LABELS, WRITERS, ["nl"] * len(TEXTS), ["cas"])
        return TopicModel.train(given, embedders, self.store, Promise())

    def test_it_ranks_all_topics_best_first_and_shares_add_up(self):
        ranking = self.train([Letters()]).rank("kraan is kapot")
        self.assertEqual([name for name, _ in ranking], ["repair", "rent"])
        self.assertAlmostEqual(sum(share for _, share in ranking), 1, places=5)

    def test_a_stored_model_answers_the_same(self):
        model = self.train([Letters()])
        (self.folder / "m").mkdir()
        model.save(self.folder / "m")
        again = TopicModel.load(self.folder / "m", [Letters()])
        for text in (*TEXTS, "iets heel anders", ""):
            for (one, share), (two, other) in zip(model.rank(text), again.rank(text), strict=True):
                self.assertEqual(one, two)
                self.assertAlmostEqual(share, other, places=3)
        self.assertEqual(model.confidence, again.confidence)

    def test_without_its_encoders_a_model_answers_on_ngrams_alone(self):
        model = self.train([Letters()])
        model.save(self.folder)
        with self.assertLogs("bot.server.components.topic_classifier", "ERROR"):
            spare = open_model(self.folder, [])
        self.assertEqual(spare.missing, ["letters-1"])
        self.assertEqual(spare.confidence, model.spare.confidence)
        self.assertEqual(spare.rank("mijn kraan lekt")[0][0], "repair")

    def test_texts_of_one_writer_only_still_train(self):
        given = Texts.of(["kraan", "kranen"], ["x", "y"], ["", ""], ["", ""], ["cas"])
        model = TopicModel.train(given, [], self.store, Promise())
        self.assertEqual(len(model.rank("kraan")), 2)

    def test_confidence_is_measured_on_the_writers_set_apart(self):
        given = Texts.of(TEXTS, LABELS, WRITERS, ["nl"] * len(TEXTS), ["bo", "cas"])
        self.assertEqual(given.held.tolist(), [False, False, True, True, True, True] * 2)
        model = TopicModel.train(given, [Letters()], self.store, Promise())
        self.assertEqual(model.confidence.texts, 8)

    def test_a_text_that_is_not_sure_enough_is_no_answer(self):
        model = self.train([Letters()])
        sure, unsure = Confidence(threshold=0.0), Confidence(threshold=1.1)
        model.confidence = sure
        self.assertEqual(read(model, "kraan").band, ANSWER)
        model.confidence = unsure
        self.assertEqual(read(model, "kraan").intent, FALLBACK)

    def test_danger_is_heeded_below_the_threshold_of_an_answer(self):
        model = self.train([Letters()])
        model.confidence = Confidence(threshold=1.1, alarms=["repair"], alarm_from=0.3)
        self.assertEqual(read(model, "mijn kraan lekt").alarm, "repair")
        model.confidence = Confidence(threshold=1.1, alarms=["repair"], alarm_from=1.0)
        self.assertIsNone(read(model, "wanneer moet ik de huur betalen").alarm)


class FittingConfidence(unittest.TestCase):
    def fitted(self, **promise):
        random = np.random.default_rng(3)
        names = ["a_money", "b_house", "danger", "out_of_scope"]
        truth = random.integers(0, 4, 800)
        scores = random.normal(0, 1.2, (800, 4)) + np.eye(4)[truth] * 3
        return measure(scores, truth, names, Promise(**promise)), scores, truth

    def test_fewer_answers_are_wrong_than_allowed(self):
        found, _, _ = self.fitted(allowed_wrong=0.02)
        self.assertLessEqual(found.wrong_among_answers, 0.02)
        self.assertGreater(found.answered, 0.3)

    def test_a_strict_topic_has_a_higher_threshold(self):
        found, _, _ = self.fitted(allowed_wrong=0.05, strict={"a_*": 0.01})
        self.assertGreater(found.threshold_of("a_money"), found.threshold_of("b_house"))

    def test_few_texts_without_danger_alarm(self):
        found, scores, truth = self.fitted(alarms=("danger",), allowed_alarms=0.01)
        shares = calibration.probabilities(scores)[:, 2]
        quiet, loud = shares[truth != 2], shares[truth == 2]
        self.assertLessEqual((quiet >= found.alarm_from).mean(), 0.02)
        self.assertGreater((loud >= found.alarm_from).mean(), 0.3)

    def test_at_a_border_either_answer_is_right(self):
        narrow, _, _ = self.fitted()
        wide, _, _ = self.fitted(also_right={"a_money": ["b_*"], "b_house": ["a_money"]})
        self.assertGreater(wide.accuracy, narrow.accuracy)

    def test_taking_a_text_for_a_refusal_is_no_wrong_answer(self):
        careless, _, _ = self.fitted(refusals=())
        careful, _, _ = self.fitted(refusals=("out_of_scope",))
        self.assertLess(careful.answered, careless.answered)


if __name__ == "__main__":
    unittest.main()
