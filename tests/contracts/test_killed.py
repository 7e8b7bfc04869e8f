"""A writer killed at any moment loses nothing that it was told is recorded, and half records nothing."""

import base64
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.contracts.notebook import NoteWritten

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from application.casebook import Casebook
from application.codec import Codec
from application.settings import Settings
from application.stores import open_stores
from tests.contracts.notebook import ANNE, FACTS, NOTEBOOK, WriteNote

home, url, key, writer = sys.argv[1:]
import base64
stores = open_stores(Settings(home=Path(home), database_url=url or None, key=base64.b64decode(key)))
stores.codec = Codec(stores.keys, FACTS, {})
casebook = Casebook(stores, clock=lambda: datetime.now(UTC), ids=str, aggregates=(NOTEBOOK,), patience=60)
for n in range(100_000):
    name = f"{writer}-{n}"
    casebook.handle("1", WriteNote(note_id=name, words=name, also_count=2), ANNE, command_id=name)
    print(name, flush=True)
"""


def test_writers_that_are_killed_lose_nothing_acknowledged_and_leave_nothing_half_done(
    settings, stores, open_again
):
    chance = random.Random(4)
    key = base64.b64encode(settings.key).decode()
    acknowledged: set[str] = set()
    for round_number in range(2):
        writers = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    WRITER,
                    str(settings.home),
                    settings.database_url or "",
                    key,
                    f"{round_number}-{n}",
                ],
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            for n in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            acknowledged.add(writer.stdout.readline().strip())
        time.sleep(chance.uniform(0.05, 0.3))
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
            said, _ = writer.communicate()
            # The last line may be cut short by the kill: it was not heard whole, so that nothing is claimed for it.
            acknowledged |= set(said.split("\n")[:-1])
    history = open_again().recorder.history("notebook-1")
    notes = [fact.fact for fact in history if isinstance(fact.fact, NoteWritten)]
    assert acknowledged - {""} <= {note.note_id for note in notes}
    assert len({note.note_id for note in notes}) == len(notes)
    assert all(note.words.words == note.note_id for note in notes)
    assert len(history) == 3 * len(notes), "each command is whole"
    assert [fact.version for fact in history] == list(range(1, len(history) + 1))
