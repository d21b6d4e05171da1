"""A search with everything that strains a page: hundreds of applications, names too long or in other scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import update

from app.applications.models import Application
from app.core import db
from app.core.clock import now
from app.core.settings import use_settings
from tests.factories.accounts import find_user
from tests.factories.crowds import fill_applications
from tests.factories.figures import random_stories, tell
from tests.factories.settings import make_settings

# Not one of these is anybody.
NAMES = (
    "Vereinigte Beispielwerke für Verkehrssicherheitsforschung und Infrastrukturplanung gemeinnützige GmbH",
    "Musterdampfschifffahrtselektrizitätenhauptbetriebswerkbaugesellschaft",
    "شركة المثال للبرمجيات والاستشارات",
    "חברת הדוגמה לפיתוח תוכנה",
    "株式会社見本ソフトウェア開発センター東京第二営業所",
    "示例软件（虚构）有限公司",
    "가상소프트웨어 주식회사",
    "Åsgård & Søn «Éxemple» s.r.o.",
)
TITLES = (
    "Senior Principal Software Development Engineer in Test, Distributed Data Platforms and Reliability (m/w/d)",
    "مهندس برمجيات أول",
    "מהנדסת נתונים",
    "シニアバックエンドエンジニア（データ基盤・検索・推薦システム担当）",
    "数据工程师",
)


def fill_heavily(data_dir: Path, username: str, count: int) -> None:
    """Give that user of the server with this data folder so many applications of a year, the newest with names that
    strain a page."""
    with _database(data_dir):
        stories = random_stories(count, seed=5, until=now())
        newest = sorted(range(count), key=lambda place: stories[place].received, reverse=True)
        for place, name in zip(newest, NAMES, strict=False):
            stories[place] = replace(stories[place], company=name, archived=None)
        with db.transaction() as session:
            ids = tell(session, _id_of(username), stories)
            for place, title in zip(newest, TITLES, strict=False):
                session.execute(
                    update(Application).where(Application.id == ids[place]).values(job_title=title)
                )


def fill_with_crowd(data_dir: Path, username: str, count: int) -> None:
    """Give that user so many applications of three years, a tenth of them put away."""
    with _database(data_dir):
        fill_applications(_id_of(username), count)


@contextmanager
def _database(data_dir: Path) -> Iterator[None]:
    settings = make_settings(f"sqlite:///{data_dir / 'jobtrail.db'}", data_dir)
    use_settings(settings)
    db.configure(settings)
    try:
        yield
    finally:
        db.dispose()


def _id_of(username: str) -> int:
    user = find_user(username)
    if user is None:
        raise LookupError(f"The server knows no {username}")
    return user.id
