"""Key sheets, sittings with their answers, what was computed from them, plays of scenes, self-checks."""

from teladan.instruments.models.analysis import Analysis
from teladan.instruments.models.check import CheckAnswer
from teladan.instruments.models.play import SceneChoice, ScenePlay
from teladan.instruments.models.sitting import Answer, AnswerKey, Sitting

__all__ = ["Analysis", "Answer", "AnswerKey", "CheckAnswer", "SceneChoice", "ScenePlay", "Sitting"]
