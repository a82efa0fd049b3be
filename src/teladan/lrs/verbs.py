"""The verbs and activity types in use, with the Indonesian word shown for a verb. ADL's vocabulary where it has one."""

from typing import NamedTuple

_ADL = "http://adlnet.gov/expapi/verbs/"
_TYPES = "http://adlnet.gov/expapi/activities/"


class Verb(NamedTuple):
    """A verb: its IRI and the word that a reader sees."""

    iri: str
    word: str


INITIALIZED = Verb(f"{_ADL}initialized", "memulai")
EXPERIENCED = Verb(f"{_ADL}experienced", "membaca")
PROGRESSED = Verb(f"{_ADL}progressed", "maju dalam")
ATTEMPTED = Verb(f"{_ADL}attempted", "mulai mengerjakan")
ANSWERED = Verb(f"{_ADL}answered", "menjawab")
RESPONDED = Verb(f"{_ADL}responded", "memilih dalam adegan")
SUSPENDED = Verb(f"{_ADL}suspended", "menyimpan dan keluar dari")
RESUMED = Verb(f"{_ADL}resumed", "melanjutkan")
COMPLETED = Verb(f"{_ADL}completed", "menyelesaikan")
PASSED = Verb(f"{_ADL}passed", "lulus")
FAILED = Verb(f"{_ADL}failed", "belum lulus")
TERMINATED = Verb(f"{_ADL}terminated", "menutup")
REGISTERED = Verb(f"{_ADL}registered", "terdaftar pada")
SUBMITTED = Verb("http://activitystrea.ms/schema/1.0/submit", "menulis")
EARNED = Verb("http://id.tincanapi.com/verb/earned", "memperoleh")

COURSE = f"{_TYPES}course"
MODULE = f"{_TYPES}module"
LESSON = f"{_TYPES}lesson"
ASSESSMENT = f"{_TYPES}assessment"
ATTEMPT = f"{_TYPES}attempt"
INTERACTION = f"{_TYPES}cmi.interaction"
QUESTION = f"{_TYPES}question"
SIMULATION = f"{_TYPES}simulation"
