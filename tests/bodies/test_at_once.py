"""Two people enter the same thing at the same moment: the second reads what is wrong, and nothing is half-written."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models

from gongkai.bodies import services
from gongkai.bodies.models import Body, BodyGroup, Kind
from gongkai.channels.models import Account, Platform, Site
from gongkai.channels.services import save_account, save_site
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event


@pytest.fixture
def unseen(monkeypatch):
    """Checks before saving see nothing, as they do not see what another transaction is about to commit."""

    def blind(*names):
        for name in names:
            monkeypatch.setattr(name, lambda *args, **kwargs: None)
        monkeypatch.setattr(models.Model, "full_clean", lambda *args, **kwargs: None)

    return blind


def test_a_code_taken_meanwhile_is_told_beside_its_field(qinghe, office, unseen):
    unseen("gongkai.bodies.services.register.demand_free", "gongkai.bodies.services.register.names_are_free")
    events = Event.objects.count()
    with pytest.raises(ValidationError) as refused:
        services.create(office, qinghe.county, "qinghe.czj", "清河县新局", Kind.DEPARTMENT)
    assert refused.value.message_dict == {"code": ["代码“qinghe.czj”已被另一单位使用，请核对或换一个"]}
    assert Event.objects.count() == events and not Body.objects.filter(name="清河县新局").exists()


def test_a_name_taken_meanwhile_in_the_county(qinghe, dongshan, office, unseen):
    unseen("gongkai.bodies.services.register.demand_free", "gongkai.bodies.services.register.names_are_free")
    with pytest.raises(ValidationError, match="全称“清河县财政局”已被另一单位使用"):
        services.create(office, qinghe.county, "qinghe.new", "清河县财政局", Kind.DEPARTMENT)
    services.create(office, qinghe.county, "qinghe.new", "东山县财政局", Kind.DEPARTMENT)  # another county's


def test_a_login_name_taken_meanwhile(qinghe, office, make_person, unseen, monkeypatch):
    make_person("li")
    unseen()
    # The check looks for the name without regard to case; what was not committed yet it does not find.
    monkeypatch.setattr("gongkai.bodies.services.people.name_is_taken", lambda name: False)
    with pytest.raises(ValidationError) as refused:
        services.create_person(office, qinghe.czj, "li", "李明", Role.CLERK)
    assert list(refused.value.message_dict) == ["username"]
    assert User.objects.filter(username="li").count() == 1


def test_groups_and_channels_taken_meanwhile(qinghe, office, unseen):
    services.create_group(office, qinghe.county, "执法单位")
    save_site(office, qinghe.county, "县政府网站", "http://www.qinghe.gov.cn/")
    save_account(office, qinghe.czj, "清河财政", Platform.WECHAT)
    unseen("gongkai.bodies.services.register.demand_free", "gongkai.channels.services.saving.demand_free")
    with pytest.raises(ValidationError, match="名称“执法单位”已被另一单位分组使用"):
        services.create_group(office, qinghe.county, "执法单位")
    with pytest.raises(ValidationError, match=r"首页网址“http://www\.qinghe\.gov\.cn/”已被另一网站使用"):
        save_site(office, qinghe.czj, "另一网站", "http://www.qinghe.gov.cn/")
    with pytest.raises(ValidationError, match="账号名称“清河财政”已被另一新媒体账号使用"):
        save_account(office, qinghe.jyj, "清河财政", Platform.WECHAT)
    save_account(office, qinghe.jyj, "清河财政", Platform.WEIBO)
    assert (BodyGroup.objects.count(), Site.objects.count(), Account.objects.count()) == (1, 1, 2)


def test_the_check_before_saving_says_the_same(qinghe, office):
    with pytest.raises(ValidationError) as refused:
        services.create(office, qinghe.county, "qinghe.czj", "清河县新局", Kind.DEPARTMENT)
    assert refused.value.message_dict == {"code": ["代码“qinghe.czj”已被另一单位使用，请核对或换一个"]}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("codes", "names", "told"),
    [
        (["qinghe.new", "qinghe.new"], ["清河县甲局", "清河县乙局"], "代码“qinghe.new”已被另一单位使用"),
        (["qinghe.one", "qinghe.two"], ["清河县甲局", "清河县甲局"], "清河县甲局”已"),
    ],
)
def test_really_at_once(codes, names, told, transactional_db, qinghe, office):
    """Two connections, started together: one body, one message, no other error."""
    start, outcomes = threading.Barrier(2), []

    def enter(code: str, name: str) -> None:
        try:
            start.wait(10)
            services.create(office, qinghe.county, code, name, Kind.DEPARTMENT)
            outcomes.append("made")
        except Exception as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=pair) for pair in zip(codes, names, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    refused = [outcome for outcome in outcomes if outcome != "made"]
    assert outcomes.count("made") == 1 and isinstance(refused[0], ValidationError)
    assert told in "".join(refused[0].messages)


@pytest.mark.django_db(transaction=True)
def test_the_same_short_name_at_once(transactional_db, qinghe, office):
    """No constraint of the database stands behind short names, so the second of two who enter one waits for the first."""
    start, outcomes = threading.Barrier(2), []

    def enter(number: int) -> None:
        try:
            start.wait(10)
            services.create(
                office, qinghe.county, f"qinghe.n{number}", f"清河县{number}局", Kind.DEPARTMENT, short_names=["县新局"]
            )
            outcomes.append("made")
        except ValidationError as error:
            outcomes.append(error.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes)[0] == "made" and "“县新局”已是清河县" in sorted(outcomes)[1]
