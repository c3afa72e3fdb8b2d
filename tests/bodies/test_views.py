"""The screens: who opens them, what each sees, what they do, and what they cost."""

from __future__ import annotations

import base64
import io
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.bodies import services
from gongkai.bodies.models import Body, Deputy, Kind, RoleHolding
from gongkai.bodies.services.importing import COLUMNS
from gongkai.bodies.sheets import read
from gongkai.foundation.access import Role
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.models import Event
from gongkai.foundation.events.services import record
from gongkai.foundation.registries import Handover, handovers

TODAY = date(2026, 6, 15)
BACKEND = settings.AUTHENTICATION_BACKENDS[-1]


@pytest.fixture
def browse(client):
    """`browse(user)`: a client signed in as the user."""

    def sign_in(user: User):
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


def text(response) -> str:
    return response.content.decode()


def errors(response) -> str:
    assert response.status_code == 200
    return str(response.context["form"].errors)


PAGES = {
    "bodies_index": set(Role),
    "bodies_tree": set(Role),
    "bodies_detail": set(Role),
    "bodies_add": {Role.OFFICE},
    "bodies_edit": {Role.OFFICE},
    "bodies_rename": {Role.OFFICE},
    "bodies_dissolve": {Role.OFFICE},
    "bodies_import": {Role.OFFICE},
    "bodies_people": {Role.OFFICE, Role.SYSADMIN},
    "bodies_person_add": {Role.OFFICE, Role.SYSADMIN},
    "bodies_person": {Role.OFFICE, Role.SYSADMIN},
    "bodies_person_edit": {Role.OFFICE, Role.SYSADMIN},
    "bodies_appoint": {Role.OFFICE, Role.SYSADMIN},
    "bodies_hand_over": {Role.OFFICE, Role.SYSADMIN},
    "bodies_reset_password": {Role.OFFICE, Role.SYSADMIN},
    "bodies_end_holding": {Role.OFFICE, Role.SYSADMIN, Role.LEADER},
}
OF_A_PERSON = {"bodies_person", "bodies_person_edit", "bodies_appoint", "bodies_hand_over", "bodies_reset_password"}
PLAIN = {"bodies_index", "bodies_tree", "bodies_add", "bodies_import", "bodies_people", "bodies_person_add"}


@pytest.mark.parametrize("role", list(Role))
def test_every_screen_opens_for_its_roles_and_for_no_other(qinghe, clerk, make_person, browse, role):
    county_wide = role in {Role.OFFICE, Role.SECRECY_ADMIN, Role.AUDITOR, Role.SYSADMIN}
    client = browse(make_person("somebody", (qinghe.county if county_wide else qinghe.czj, role)))
    for name, roles in PAGES.items():
        key = clerk.pk if name in OF_A_PERSON else clerk.holdings.get().pk if "holding" in name else qinghe.czj.pk
        response = client.get(reverse(name) if name in PLAIN else reverse(name, args=[key]))
        assert (response.status_code == 200) == (role in roles), f"{name} as {role}: {response.status_code}"


def test_the_back_office_opens_for_every_holder_and_not_for_who_holds_nothing(qinghe, clerk, make_person, browse):
    assert browse(clerk).get("/admin/account/").status_code == 200
    assert browse(make_person("nobody")).get("/admin/").status_code == 302


def test_strangers_are_sent_to_sign_in(client, qinghe):
    for name in ("bodies_index", "bodies_people"):
        assert client.get(reverse(name)).url.startswith("/admin/login/")


def test_an_office_sees_its_own_county_only(qinghe, dongshan, office, neighbour, clerk, browse):
    client = browse(neighbour)
    page = text(client.get(reverse("bodies_index")))
    assert "东山县财政局" in page
    assert "清河县" not in page
    assert "清河县" not in text(client.get(reverse("bodies_tree")))
    assert "李明" not in text(client.get(reverse("bodies_people")))
    exported = client.get(reverse("bodies_index") + "?export=csv").content.decode("utf-8-sig")
    assert "清河县" not in exported
    holding = clerk.holdings.get()
    for name, key in [
        ("bodies_detail", qinghe.czj.pk),
        ("bodies_edit", qinghe.czj.pk),
        ("bodies_rename", qinghe.czj.pk),
        ("bodies_dissolve", qinghe.czj.pk),
        ("bodies_restore", qinghe.czj.pk),
        ("bodies_person", clerk.pk),
        ("bodies_person_edit", clerk.pk),
        ("bodies_appoint", clerk.pk),
        ("bodies_hand_over", clerk.pk),
        ("bodies_reset_password", clerk.pk),
        ("bodies_end_holding", holding.pk),
        ("bodies_name_deputy", holding.pk),
    ]:
        for response in (client.get(reverse(name, args=[key])), client.post(reverse(name, args=[key]))):
            assert response.status_code in (404, 405), name
    assert not Event.objects.filter(verb__startswith="bodies.").exists()


def test_filters_offer_nothing_of_the_neighbour(qinghe, dongshan, office, neighbour, browse):
    services.create_group(office, qinghe.county, "清河执法单位")
    page = text(browse(neighbour).get(reverse("bodies_index")))
    assert "清河执法单位" not in page
    response = browse(neighbour).get(reverse("bodies_index"), {"county": qinghe.county.pk})
    assert "清河县" not in text(response)


def names(response) -> list[str]:
    return [body.name for body in response.context["object_list"]]


def test_search_and_filters(qinghe, office, browse):
    group = services.create_group(office, qinghe.county, "执法单位")
    services.change(office, qinghe.swj, groups=[group])
    services.dissolve(office, qinghe.dag, date(2026, 6, 1), "撤并")
    client, index = browse(office), reverse("bodies_index")
    assert names(client.get(index, {"q": "税务"})) == ["国家税务总局清河县税务局"]
    assert names(client.get(index, {"kind": "township"})) == ["清河县柳林镇人民政府"]
    assert names(client.get(index, {"groups": group.pk})) == ["国家税务总局清河县税务局"]
    assert names(client.get(index, {"existing": "no"})) == ["清河县档案馆"]
    assert len(names(client.get(index, {"existing": "yes"}))) == 7
    assert len(names(client.get(index, {"county": qinghe.county.pk}))) == 8
    assert "没有符合条件的单位" in text(client.get(index, {"q": "火星"}))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_export_is_what_is_seen_and_goes_back_in(qinghe, office, browse, form):
    response = browse(office).get(reverse("bodies_index"), {"kind": "department", "export": form})
    assert "attachment" in response["Content-Disposition"]
    assert [row.values["name"] for row in read(response.content, COLUMNS, ["name"])] == [
        "清河县财政局",
        "清河县教育和体育局",
    ]


def test_a_body_s_page_tells_names_people_deputies_and_history(qinghe, office, clerk, make_person, browse):
    deputy = make_person("deputy", (qinghe.jyj, Role.CLERK), name="赵云")
    services.rename(office, qinghe.czj, "清河县财政和金融局", date(2026, 6, 1), "机构改革")
    services.name_deputy(office, clerk.holdings.get(), deputy, TODAY, TODAY + timedelta(days=2))
    page = text(browse(office).get(reverse("bodies_detail", args=[qinghe.czj.pk])))
    for expected in (
        "清河县财政和金融局",
        "清河县财政局",
        "至 2026-05-31",
        "县财政局",
        "李明",
        "赵云",
        "单位更名",
        "机构改革",
    ):
        assert expected in page
    assert "清河县财政局 → 清河县财政和金融局" in page


def test_a_clerk_s_view_of_the_own_body_offers_only_what_is_the_clerk_s(qinghe, clerk, browse):
    page = text(browse(clerk).get(reverse("bodies_detail", args=[qinghe.czj.pk])))
    assert "指定代理人" in page
    assert "免职" not in page
    assert reverse("bodies_edit", args=[qinghe.czj.pk]) not in page
    assert browse(clerk).get(reverse("bodies_detail", args=[qinghe.jyj.pk])).status_code == 404


def test_the_tree_stands_in_order(qinghe, office, browse):
    services.change(office, qinghe.dag, parent=qinghe.czj)
    ((root, members),) = browse(office).get(reverse("bodies_tree")).context["trees"]
    assert root == qinghe.county
    assert [(depth, body.code) for depth, body in members][:3] == [
        (1, "qinghe.czj"),
        (2, "qinghe.dag"),
        (1, "qinghe.jyj"),
    ]


def test_adding_a_body(qinghe, office, browse):
    data = {
        "name": "清河县水利局",
        "code": "qinghe.slj",
        "kind": "department",
        "parent": qinghe.county.pk,
        "short_names": "县水利局，县水务局",
        "new_group": "执法单位",
    }
    response = browse(office).post(reverse("bodies_add"), data)
    assert response.url == reverse("bodies_index")
    body = Body.objects.get(code="qinghe.slj")
    assert body.short_names == ["县水利局", "县水务局"]
    assert [group.name for group in body.groups.all()] == ["执法单位"]
    assert Event.objects.get(verb="bodies.create").actor == office


def test_a_form_that_fails_keeps_what_was_typed_and_writes_nothing(qinghe, dongshan, office, browse):
    data = {"name": "清河县水利局", "code": "QH", "kind": "department", "parent": qinghe.county.pk, "new_group": "新组"}
    response = browse(office).post(reverse("bodies_add"), data)
    assert "小写字母" in errors(response)
    assert "清河县水利局" in text(response)
    assert not Event.objects.filter(verb__startswith="bodies.").exists()
    response = browse(office).post(reverse("bodies_add"), data | {"code": "q.x", "parent": dongshan.county.pk})
    assert "parent" in response.context["form"].errors


def test_editing_renaming_dissolving_restoring(qinghe, office, browse):
    client, key = browse(office), [qinghe.czj.pk]
    data = {"kind": "department", "parent": qinghe.county.pk, "short_names": "县财政局", "contact_phone": "0832-5"}
    assert client.post(reverse("bodies_edit", args=key), data).status_code == 302
    data = {"name": "清河县财金局", "on": "2026-06-01", "reason": "改革"}
    assert client.post(reverse("bodies_rename", args=key), data).status_code == 302
    assert (
        client.post(reverse("bodies_dissolve", args=key), {"last_day": "2026-06-10", "reason": "改革"}).status_code
        == 302
    )
    qinghe.czj.refresh_from_db()
    assert (qinghe.czj.contact_phone, qinghe.czj.name, qinghe.czj.active_to) == (
        "0832-5",
        "清河县财金局",
        date(2026, 6, 10),
    )
    assert client.post(reverse("bodies_restore", args=key), {"reason": "误录"}).status_code == 302
    qinghe.czj.refresh_from_db()
    assert qinghe.czj.active_to is None


def test_the_county_s_own_facts_are_edited_without_kind_and_parent(qinghe, office, browse):
    response = browse(office).post(reverse("bodies_edit", args=[qinghe.county.pk]), {"short_names": "清河县"})
    assert response.status_code == 302
    qinghe.county.refresh_from_db()
    assert (qinghe.county.kind, qinghe.county.short_names) == (Kind.COUNTY, ["清河县"])


def test_only_who_administers_everything_is_offered_a_new_county(root, sysadmin, browse):
    assert "建立县" in text(browse(root).get(reverse("bodies_index")))
    assert (
        browse(root).post(reverse("bodies_add_county"), {"name": "西山县人民政府", "code": "xishan"}).status_code == 302
    )
    assert "建立县" not in text(browse(sysadmin).get(reverse("bodies_index")))
    response = browse(sysadmin).post(reverse("bodies_add_county"), {"name": "北山县人民政府", "code": "beishan"})
    assert "没有权限" in errors(response)


def upload(content: str):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("名册.csv", content.encode(), content_type="text/csv")


def test_import_shows_first_and_then_does_exactly_that(qinghe, office, browse):
    client, address = browse(office), reverse("bodies_import")
    county = qinghe.county.pk
    response = client.post(address, {"county": county, "file": upload("name,kind\n清河县水利局,department\n")})
    assert "将新增 1 条" in text(response)
    assert not Body.objects.filter(name="清河县水利局").exists()
    data = {"county": county, "confirmed": "1", "content": response.context["content"], "file_name": "名册.csv"}
    assert client.post(address, data).url == reverse("bodies_index")
    assert Body.objects.filter(name="清河县水利局").exists()
    assert Event.objects.get(verb="bodies.import").details["file"] == "名册.csv"


def test_the_blank_sheet_has_every_column_and_each_is_explained(qinghe, office, browse):
    client, address = browse(office), reverse("bodies_import")
    page = client.get(address).text
    assert all(f'<th scope="row">{label}</th>' in page for label in COLUMNS.values())
    assert "乡镇人民政府" in page and "short_names" not in page  # the kinds there are; no word of the machine
    blank = client.get(address, {"blank": "xlsx"})
    assert "xlsx" in blank["Content-Disposition"]
    rows = list(load_workbook(io.BytesIO(blank.content)).active.values)
    assert rows == [tuple(str(label) for label in COLUMNS.values())]


def test_import_names_every_error_and_offers_no_confirmation(qinghe, office, browse):
    content = "name,kind\n清河县水利局,司局\n,department\n"
    response = browse(office).post(reverse("bodies_import"), {"county": qinghe.county.pk, "file": upload(content)})
    page = text(response)
    assert "第 2 行“类别”" in page
    assert "第 3 行“全称”" in page
    assert 'name="confirmed"' not in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "请选择文件"),
        ({"file": "bad header"}, "没有数据"),
        ({"content": "%%%", "confirmed": "1"}, "请重新选择文件"),
        ({"content": base64.b64encode(b"name,kind\n\xe7\x94\xb2,x\n").decode(), "confirmed": "1"}, "第 2 行"),
    ],
)
def test_import_of_what_is_no_register(qinghe, office, browse, data, message):
    if "file" in data:
        data = data | {"file": upload(data["file"])}
    response = browse(office).post(reverse("bodies_import"), {"county": qinghe.county.pk} | data)
    assert message in errors(response)
    assert Body.objects.count() == 8


def test_import_goes_into_no_other_county(qinghe, dongshan, office, browse):
    data = {"county": dongshan.county.pk, "file": upload("name,kind\n东山县水利局,department\n")}
    assert "county" in browse(office).post(reverse("bodies_import"), data).context["form"].errors


def test_a_new_person_s_password_is_shown_once_and_works(qinghe, office, browse, client):
    data = {"name": "王芳", "username": "wang", "body": qinghe.czj.pk, "role": "clerk", "since": "2026-06-15"}
    response = browse(office).post(reverse("bodies_person_add"), data)
    password = response.context["password"]
    assert password in text(response)
    assert "no-store" in response["Cache-Control"]
    assert User.objects.get(username="wang").check_password(password)
    assert password not in text(client.get(reverse("bodies_person", args=[User.objects.get(username="wang").pk])))


def test_a_role_beyond_the_office_s_power_is_an_error_beside_the_field(qinghe, office, browse):
    data = {"name": "王芳", "username": "wang", "body": qinghe.county.pk, "role": "auditor", "since": "2026-06-15"}
    assert "须由系统管理员办理" in errors(browse(office).post(reverse("bodies_person_add"), data))
    assert not User.objects.filter(username="wang").exists()


def test_people_are_searched_filtered_and_exported(qinghe, office, clerk, sysadmin, browse):
    client, address = browse(office), reverse("bodies_people")
    assert names_of(client.get(address, {"q": "李"})) == [clerk]
    assert names_of(client.get(address, {"role": "office"})) == [office]
    assert names_of(client.get(address, {"body": qinghe.czj.pk})) == [clerk]
    services.end_holding(office, clerk.holdings.get(), date(2026, 6, 1))
    assert names_of(client.get(address, {"serving": "no"})) == [clerk]
    exported = client.get(address, {"export": "csv"}).content.decode("utf-8-sig")
    assert "周敏,office,清河县人民政府政务公开办," in exported


def names_of(response) -> list[User]:
    return list(response.context["object_list"])


def test_a_person_s_page_hides_what_belongs_to_another_county(qinghe, dongshan, office, clerk, browse):
    RoleHolding.objects.create(user=clerk, body=dongshan.czj, role=Role.LEADER, since=TODAY)
    page = text(browse(office).get(reverse("bodies_person", args=[clerk.pk])))
    assert "清河县财政局" in page
    assert "东山县" not in page


def test_appointing_ending_and_deputising_by_form(qinghe, office, clerk, make_person, browse):
    client = browse(office)
    data = {"body": qinghe.jyj.pk, "role": "reviewer", "since": "2026-06-01"}
    assert client.post(reverse("bodies_appoint", args=[clerk.pk]), data).status_code == 302
    holding = clerk.holdings.get(body=qinghe.jyj)
    deputy = make_person("deputy", (qinghe.dag, Role.CLERK))
    data = {"user": deputy.pk, "since": "2026-06-15", "until": "2026-06-20"}
    assert client.post(reverse("bodies_name_deputy", args=[holding.pk]), data).status_code == 302
    named = Deputy.objects.get()
    assert client.post(reverse("bodies_end_deputy", args=[named.pk]), {"until": "2026-06-16"}).status_code == 302
    data = {"until": "2026-06-15", "reason": "调整"}
    assert client.post(reverse("bodies_end_holding", args=[holding.pk]), data).status_code == 302
    holding.refresh_from_db()
    assert holding.until == TODAY


def test_the_holder_chooses_a_deputy_from_the_own_body(qinghe, clerk, make_person, browse):
    colleague = make_person("colleague", (qinghe.czj, Role.REVIEWER))
    make_person("elsewhere", (qinghe.jyj, Role.CLERK))
    response = browse(clerk).get(reverse("bodies_name_deputy", args=[clerk.holdings.get().pk]))
    assert list(response.context["form"].fields["user"].queryset) == [colleague]
    assert browse(colleague).get(reverse("bodies_name_deputy", args=[clerk.holdings.get().pk])).status_code != 200


def test_the_last_of_the_office_stays_by_form_too(office, browse):
    holding = office.holdings.get()
    response = browse(office).post(
        reverse("bodies_end_holding", args=[holding.pk]), {"until": "2026-06-15", "reason": "x"}
    )
    assert "最后一名政务公开办人员" in text(response)


def test_handover_shows_what_moves_and_then_moves_it(qinghe, office, clerk, make_person, browse):
    zhang = make_person("zhang", (qinghe.jyj, Role.CLERK), name="张伟")
    moved = []
    entry = Handover(
        "test.errands",
        "待办差事",
        lambda user, bodies: Body.objects.filter(pk__in=bodies),
        lambda *arguments: moved.append(arguments) or 1,
    )
    handovers.register(entry)
    try:
        client, address = browse(office), reverse("bodies_hand_over", args=[clerk.pk])
        data = {"bodies": [qinghe.czj.pk], "successor": zhang.pk, "on": "2026-06-15", "reason": "调离"}
        page = text(client.post(address, data))
        assert "李明的下列工作由张伟接替" in page
        assert "待办差事：1" in page
        assert not moved
        assert client.post(address, data | {"confirmed": "1"}).status_code == 302
    finally:
        handovers.unregister(entry.key)
    assert len(moved) == 1
    assert zhang.holdings.filter(body=qinghe.czj, role=Role.CLERK).exists()


def test_a_reset_shows_the_password_once_and_refusals_in_words(qinghe, office, clerk, make_person, browse):
    response = browse(office).post(reverse("bodies_reset_password", args=[clerk.pk]))
    clerk.refresh_from_db()
    assert clerk.check_password(response.context["password"])
    auditor = make_person("auditor", (qinghe.county, Role.AUDITOR))
    assert "须由系统管理员办理" in text(browse(office).post(reverse("bodies_reset_password", args=[auditor.pk])))
    assert "不能为自己重置密码" in text(browse(office).post(reverse("bodies_reset_password", args=[office.pk])))


@pytest.fixture
def crowd(qinghe) -> None:
    """10,000 bodies and as many people in them."""
    Body.objects.bulk_create(
        [
            Body(code=f"q{n}", name=f"清河县第{n}局", kind=Kind.DEPARTMENT, parent=qinghe.county, county=qinghe.county)
            for n in range(10_000)
        ]
    )
    User.objects.bulk_create([User(username=f"u{n:05d}", name=f"人员{n}", password="!") for n in range(10_000)])
    bodies = Body.objects.filter(code__startswith="q").exclude(code__startswith="qinghe").order_by("id")
    users = User.objects.filter(username__startswith="u0").order_by("id")
    RoleHolding.objects.bulk_create(
        [
            RoleHolding(user=user, body=body, role=Role.CLERK, since=TODAY)
            for user, body in zip(users, bodies, strict=False)
        ]
    )


@pytest.mark.slow
@pytest.mark.parametrize(("name", "budget"), [("bodies_index", 20), ("bodies_people", 20)])
def test_ten_thousand_rows_are_paged_by_thirty_at_a_fixed_cost(
    crowd, office, browse, name, budget, django_assert_max_num_queries
):
    client = browse(office)
    client.get(reverse(name))
    for page in (1, 300):
        with django_assert_max_num_queries(budget):
            response = client.get(reverse(name), {"p": page})
        assert len(response.context["object_list"]) == 30
    assert response.context["paginator"].count >= 10_000


@pytest.mark.slow
@pytest.mark.parametrize("name", ["bodies_detail", "bodies_person"])
def test_the_cost_of_a_page_does_not_grow_with_its_people(
    qinghe, office, clerk, make_person, browse, name, django_assert_max_num_queries
):
    for number in range(20):
        other = make_person(f"p{number}", (qinghe.jyj, Role.CLERK))
        services.name_deputy(office, clerk.holdings.get(), other, TODAY, TODAY)
        services.appoint(office, other, qinghe.czj, Role.REVIEWER, TODAY)
    client, key = browse(office), qinghe.czj.pk if name == "bodies_detail" else clerk.pk
    client.get(reverse(name, args=[key]))
    with django_assert_max_num_queries(40):
        assert client.get(reverse(name, args=[key])).status_code == 200


@pytest.mark.parametrize(("path", "field"), [("rename", "on"), ("dissolve", "last_day")])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "abc"])
def test_days_beyond_the_calendar_are_told_beside_the_field(client, qinghe, office, path, field, day):
    client.force_login(office)
    data = {field: day, "name": "清河县新局", "reason": "改革"}
    answer = client.post(f"/admin/bodies/{qinghe.dag.pk}/{path}/", data)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors


def test_what_the_neighbour_noted_of_a_person_is_not_told(client, qinghe, dongshan, office, neighbour, clerk):
    RoleHolding.objects.create(user=clerk, body=dongshan.czj, role=Role.CLERK, since="2021-01-01")
    record("bodies.hand_over", clerk, actor=neighbour, reason="邻县的事由", body_id=dongshan.county.pk)
    record("bodies.hand_over", clerk, actor=office, reason="本县的事由", body_id=qinghe.county.pk)
    client.force_login(office)
    page = client.get(f"/admin/people/{clerk.pk}/").text
    assert "本县的事由" in page
    assert "邻县的事由" not in page
