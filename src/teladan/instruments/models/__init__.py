"""Key sheets, sittings with their answers, plays of scenes with their choices, self-checks."""

from teladan.instruments.models.check import CheckAnswer
from teladan.instruments.models.play import SceneChoice, ScenePlay
from teladan.instruments.models.sitting import Answer, AnswerKey, Sitting

__all__ = ["Answer", "AnswerKey", "CheckAnswer", "SceneChoice", "ScenePlay", "Sitting"]
