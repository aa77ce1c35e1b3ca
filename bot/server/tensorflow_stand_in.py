"""Lets Rasa 3.6.21 load in an environment without TensorFlow.

Rasa imports TensorFlow unconditionally, if only to define classes that a light pipeline never
makes. The set-up copies this file into site-packages and a ``.pth`` file calls ``install`` at
each start of that Python: every ``tensorflow`` and ``keras`` module is then an empty one whose
names are dummy classes. Nothing happens where TensorFlow is really installed.
"""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import PackageNotFoundError, distribution
from types import ModuleType

_ROOTS = ("tensorflow", "keras")
_REAL = ("tensorflow", "tensorflow-cpu")


def _is_private(name):
    # Introspection (inspect, copy, typing) probes for dunders and must hear "no".
    return name.startswith("__") and name.endswith("__")


class _Names(type):
    """A dummy class answers any public name with another dummy class."""

    def __getattr__(cls, name):
        if _is_private(name):
            raise AttributeError(name)
        return _dummy(f"{cls.__name__}.{name}")

    def __getitem__(cls, _key):
        return cls

    def __call__(cls, *args, **kwargs):
        if not cls.__dict__.get("_stand_in", False):
            raise RuntimeError(
                f"{cls.__name__} needs TensorFlow, which this environment leaves out. "
                "Install the extra 'neural' of bot/server."
            )
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]  # a bare decorator
        return _decorate


def _decorate(decorated):
    return decorated


def _dummy(name):
    return _Names(name, (), {"_stand_in": True})


class _Hollow(ModuleType):
    """A module that has every public name."""

    def __getattr__(self, name):
        if _is_private(name):
            raise AttributeError(name)
        found = _dummy(name)
        setattr(self, name, found)
        return found


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, fullname, path=None, target=None):
        if fullname.split(".")[0] in _ROOTS:
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec):
        return _Hollow(spec.name)

    def exec_module(self, module):
        module.__version__ = "0.0.0"


def _installed(name):
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def install():
    """Put the finder first, unless TensorFlow is there or the finder already is."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    if not any(_installed(name) for name in _REAL):
        sys.meta_path.insert(0, _Finder())
