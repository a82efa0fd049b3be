"""Processes for the kill test: `publish` announces numbers and says which were committed; `work` delivers them.

python -m tests.jobs.kill_crew publish|work
"""

import sys
import threading
import time
from itertools import count
from uuid import UUID

import django
from django.core.management import call_command

ACCOUNT = UUID(int=7)


def register() -> None:
    """A task whose effect the database refuses to store twice."""
    from teladan.jobs import api
    from teladan.jobs.models import Post

    @api.task("tests.number", lease_seconds=1, attempts=200)
    def number(n: int) -> None:
        time.sleep(0.005)  # so that a kill falls into the middle of some of them
        Post.objects.create(account_id=ACCOUNT, key=f"n-{n}", purpose="number")


def publish(first: int) -> None:
    from django.db import transaction

    from teladan.jobs import api

    for n in count(first):
        with transaction.atomic():
            api.enqueue("tests.number", agency_id=None, n=n)
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()
        time.sleep(0.01)  # the workers should keep up


def work() -> None:
    from teladan.jobs import api, registry

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    registry.rhythms.clear()  # only the numbers
    api.work(stop=threading.Event(), interval=0.05)


def main(what: str, *numbers: str) -> None:
    django.setup()
    register()
    if what == "migrate":
        call_command("migrate", verbosity=0)
    elif what == "publish":
        publish(int(numbers[0]))
    else:
        work()


if __name__ == "__main__":
    main(*sys.argv[1:])
