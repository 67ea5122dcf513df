"""Kill the import worker with SIGKILL at random moments and look for damage.

``python scripts/kill_worker.py --rounds 50 [--database postgresql://…] [--torn]``

Each round brings in a file of new rows through a real worker process, kills that process while it
checks or writes, looks at what stands in the database at that instant, starts another worker and
waits for the end. Nothing partial: all rows or none, at every look. Nothing lost: the job ends
written, with one entry in the audit trail, or it ends by saying that it failed. With ``--torn`` a
sheet that commits row by row is killed instead: the control, in which damage must be found.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

ROOT = Path(__file__).resolve().parents[1]
LEASE_SECONDS = "2"
PATIENCE = 90.0
UNDER_WAY = ("received", "checking", "applying")


def prepare(home: Path, database: str) -> None:
    """Point this process and its workers at a database of their own."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    os.environ.update(
        DJANGO_SETTINGS_MODULE="tests.exchange.worker_settings",
        CHANJIAO_HOME=str(home),
        CHANJIAO_DATABASE_URL=database or f"sqlite:///{home / 'killed.sqlite3'}",
        CHANJIAO_TASK_LEASE_SECONDS=LEASE_SECONDS,
        CHANJIAO_LOG_LEVEL="CRITICAL",
        PYTHONPATH=os.pathsep.join(sys.path[:2]),
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def office() -> Any:
    """An actor who may import areas."""
    from chanjiao.accounts.models import User
    from chanjiao.core.clock import today
    from chanjiao.core.roles import Role
    from chanjiao.organisations.actors import actor_for
    from chanjiao.organisations.models import Organisation, RoleGrant

    body, _ = Organisation.objects.get_or_create(
        name="联合体办公室", name_key="联合体办公室", kind="government"
    )
    user = User.objects.filter(email="office@example.test").first()
    if user is None:
        user = User.objects.create_user("office@example.test", "a-good-password", name="办公室")
        RoleGrant.objects.create(
            user=user, role=Role.OFFICE, organisation=body, is_admin=True, starts_on=today()
        )
    return actor_for(user)


def file_of(prefix: str, rows: int) -> bytes:
    lines = [f"{prefix}-{n},网格{n},网格," for n in range(rows)]
    return "\n".join(["编码,名称,类型,上级编码", *lines]).encode()


class Worker:
    """A worker process that can be killed; one at a time."""

    present: ClassVar["Worker | None"] = None

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "chanjiao", "worker", "--interval", "0.05"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Damage(Exception):
    """What a round found that must not be."""


class Round:
    """One file from receipt to its end, with one death on the way."""

    def __init__(self, number: int, rows: int, chance: random.Random) -> None:
        from chanjiao.core.sheets import handlers

        self.prefix, self.rows, self.chance = f"K{number}", rows, chance
        self.actor, self.sheet = office(), handlers()["areas"]
        self.job: Any = None

    def run(self, *, phase: str, span: float) -> str:
        """Give how it ended; ``span`` is how long after the phase began the kill may come.

        The worker that takes over serves until the next round kills it.
        """
        from chanjiao.exchange.services import imports

        Worker.present = Worker.present or Worker()
        try:
            self.job = imports.receive(
                self.actor, self.sheet, file_of(self.prefix, self.rows), f"{self.prefix}.csv"
            )
            if phase == "write":
                self.wait_for("previewed")
                imports.confirm(self.actor, self.job.pk, updates_existing=False)
            else:
                self.wait_while("received")
            time.sleep(self.chance.uniform(0, span))
            Worker.present.kill()
            self.look()
            Worker.present = Worker()
            if phase == "check":
                self.wait_for("previewed")
                imports.confirm(self.actor, self.job.pk, updates_existing=False)
            self.wait_for("applied", "failed")
            return self.judge()
        except Damage:
            Worker.present.kill()
            Worker.present = None
            raise

    def state(self) -> str:
        self.job.refresh_from_db()
        return str(self.job.state)

    def wait_for(self, *states: str) -> None:
        self.wait(lambda: self.state() in states, f"reach {' or '.join(states)}")

    def wait_while(self, state: str) -> None:
        self.wait(lambda: self.state() != state, f"leave {state}")

    def wait(self, is_so: Any, what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > deadline:
                raise Damage(f"{self.prefix}: did not {what} in {PATIENCE:.0f} s: {self.state()}")
            time.sleep(0.03)

    def look(self) -> None:
        """At the instant of death: all rows and the state that says so, or none and not."""
        state = self.state()
        expected = self.rows if state == "applied" else 0
        if self.written() != expected:
            raise Damage(f"{self.prefix}: {self.written()} of {self.rows} rows in state {state}")

    def judge(self) -> str:
        """The end of a round: whole, told once, and the run that a person sees is over too."""
        self.look()
        told = self.told()
        if self.job.state == "applied" and told != 1:
            raise Damage(f"{self.prefix}: applied, with {told} entries in the audit trail")
        if self.job.state == "failed" and (told or not self.job.note):
            raise Damage(f"{self.prefix}: failed, {told} audit entries, note {self.job.note!r}")
        self.wait(self.is_run_over, "end its run")
        return str(self.job.state)

    def is_run_over(self) -> bool:
        self.job.run.refresh_from_db()
        return self.job.run.state in ("done", "failed")

    def written(self) -> int:
        from chanjiao.organisations.models import Area

        return int(Area.objects.filter(code__startswith=f"{self.prefix}-").count())

    def told(self) -> int:
        from chanjiao.core.models import AuditEntry

        return int(
            AuditEntry.objects.filter(act="import.applied", thing_id=str(self.job.pk)).count()
        )


def measure(rows: int) -> float:
    """Write one file undisturbed, to know over which span deaths have to fall."""
    from chanjiao.exchange.services import imports

    calm, worker = Round(0, rows, random.Random(0)), Worker()
    try:
        calm.job = imports.receive(calm.actor, calm.sheet, file_of("K0", rows), "K0.csv")
        calm.wait_for("previewed")
        begun = time.monotonic()
        imports.confirm(calm.actor, calm.job.pk, updates_existing=False)
        calm.wait_for("applied")
        return time.monotonic() - begun
    finally:
        worker.kill()


def chain_holds() -> bool:
    from chanjiao.core import audit

    return bool(audit.verify_chain().ok)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rounds", type=int, default=50)
    words.add_argument("--rows", type=int, default=1500)
    words.add_argument("--seed", type=int, default=7)
    words.add_argument("--database", default="", help="address of an empty database")
    words.add_argument("--torn", action="store_true", help="control: damage must be found")
    asked = words.parse_args()
    if asked.torn:
        os.environ["TORN"] = "1"
    home = Path(tempfile.mkdtemp(prefix="chanjiao-killed-"))
    begun, ends, damage = time.monotonic(), Counter[str](), []
    try:
        prepare(home, asked.database)
        chance = random.Random(asked.seed)
        span = 1.5 if asked.torn else measure(asked.rows) * 1.1
        for number in range(1, asked.rounds + 1):
            phase = "check" if number % 3 == 0 else "write"
            try:
                ends[Round(number, asked.rows, chance).run(phase=phase, span=span)] += 1
            except Damage as found:
                damage.append(str(found))
        if not chain_holds():
            damage.append("the audit chain does not hold")
    finally:
        if Worker.present:
            Worker.present.kill()
        shutil.rmtree(home, ignore_errors=True)
    for line in damage:
        sys.stdout.write(f"! {line}\n")
    sys.stdout.write(
        f"kill -9: {asked.rounds} rounds of {asked.rows} rows, {ends['applied']} finished, "
        f"{ends['failed']} said that they failed, {len(damage)} damaged, "
        f"{time.monotonic() - begun:.0f} s\n"
    )
    return int(bool(damage) != asked.torn)


if __name__ == "__main__":
    sys.exit(main())
