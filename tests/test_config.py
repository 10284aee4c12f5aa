"""Configuration: which file counts, what its keys mean, what overrides it."""

from __future__ import annotations

from pathlib import Path

import pytest

from compcite.config import OPTIONS, load_config, shown_value
from compcite.errors import ConfigError, UsageError


def test_without_a_file_the_defaults_are_in_force(tmp_path: Path) -> None:
    """Every key has a default, and says so."""
    config = load_config(tmp_path, {})

    assert (config["fail-on"], config.origins["fail-on"]) == ("warning", "default")


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    """A pyproject.toml without our table is passed over; one above it with the table counts."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text('[project]\nname = "compcite-paper"\n', encoding="utf-8")
    outer = tmp_path / "pyproject.toml"
    outer.write_text('[tool.compcite]\nsources = ["refs.bib"]\n', encoding="utf-8")
    config = load_config(inner, {})

    assert (config["sources"], config.origins["sources"]) == (("refs.bib",), str(outer))


def test_compcite_toml_comes_before_pyproject(tmp_path: Path) -> None:
    """Of two files in one folder, compcite's own counts."""
    (tmp_path / "pyproject.toml").write_text("[tool.compcite]\ntimeout = 1\n", encoding="utf-8")
    (tmp_path / "compcite.toml").write_text("timeout = 2\n", encoding="utf-8")

    assert load_config(tmp_path, {})["timeout"] == 2.0


def test_sources_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run in a subfolder reads the same sources."""
    (tmp_path / "compcite.toml").write_text('sources = ["refs.bib"]\n', encoding="utf-8")
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")

    assert load_config().sources([]) == ["../refs.bib"]


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    """A variable wins, and is named as the origin."""
    (tmp_path / "compcite.toml").write_text('mailto = "file@example.org"\n', encoding="utf-8")
    config = load_config(tmp_path, {"COMPCITE_MAILTO": "shell@example.org"})

    assert (config["mailto"], config.origins["mailto"]) == ("shell@example.org", "COMPCITE_MAILTO")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ignor = []\n", "unknown key 'ignor'; did you mean 'ignore'?"),
        ('timeout = "long"\n', "timeout must be a number of seconds above 0, not 'long'"),
        ('fail-on = "sometimes"\n', "fail-on must be one of error, warning, note, never"),
        ('crossref-url = "api.crossref.org"\n', "crossref-url must be an origin such as"),
        ("select = 3\n", "select must be a list of strings, not 3"),
        ("cache-found-days = -1\n", "cache-found-days must be a whole number of days, not -1"),
    ],
)
def test_a_fault_is_one_sentence_with_the_place(tmp_path: Path, text: str, message: str) -> None:
    """Unknown keys and wrong values name the file, the key and what would be right."""
    path = tmp_path / "compcite.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path, {})
    assert str(caught.value).startswith(f"{path}: {message}")


def test_a_file_that_is_no_toml_is_one_sentence(tmp_path: Path) -> None:
    """A syntax error names the file."""
    path = tmp_path / "compcite.toml"
    path.write_text("sources = [\n", encoding="utf-8")

    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path, {})
    assert str(caught.value).startswith(f"{path}: ")


def test_compcite_toml_may_have_pyproject_s_header(tmp_path: Path) -> None:
    """What was copied from one file to the other means the same."""
    (tmp_path / "compcite.toml").write_text("[tool.compcite]\ntimeout = 7\n", encoding="utf-8")

    assert load_config(tmp_path, {})["timeout"] == 7.0


def test_nothing_beside_pyproject_s_header_is_lost(tmp_path: Path) -> None:
    """Keys above the header count, and a key that nobody knows is a fault there, too."""
    path = tmp_path / "compcite.toml"
    path.write_text('mailto = "a@example.org"\n[tool.compcite]\ntimeout = 7\n', encoding="utf-8")
    config = load_config(tmp_path, {})
    path.write_text('ignor = ["D3"]\n[tool.compcite]\ntimeout = 7\n', encoding="utf-8")

    assert (config["mailto"], config["timeout"]) == ("a@example.org", 7.0)
    with pytest.raises(ConfigError, match="unknown key 'ignor'; did you mean 'ignore'"):
        load_config(tmp_path, {})


def test_an_ignore_needs_a_reason_in_words(tmp_path: Path) -> None:
    """Blanks are none."""
    text = '[[per-entry-ignores]]\nkey = "a"\nrules = ["D3"]\nreason = " "\n'
    (tmp_path / "compcite.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError, match="per-entry-ignores must be tables of"):
        load_config(tmp_path, {})


def test_the_cache_is_relative_to_the_file(tmp_path: Path) -> None:
    """Like sources; a folder from the environment is the shell's."""
    (tmp_path / "compcite.toml").write_text('cache = "kept"\n', encoding="utf-8")
    from_file = load_config(tmp_path, {}).cache_path
    from_shell = load_config(tmp_path, {"COMPCITE_CACHE_DIR": "here"}).cache_path

    assert (from_file.parent, str(from_shell.parent)) == (tmp_path / "kept", "here")


@pytest.mark.parametrize(
    "address", ["a@b\n", "a@b\nX: y", "a\0@b", "für@example.org", "a b@c", "nobody"]
)
def test_an_address_that_requests_cannot_carry_is_a_usage_error(
    tmp_path: Path, address: str
) -> None:
    """At once, not an outage after the whole time-out."""
    with pytest.raises(UsageError, match="mailto must be an e-mail address"):
        load_config(tmp_path, {}).settings(mailto=address)
    with pytest.raises(ConfigError, match="COMPCITE_MAILTO must be an e-mail address"):
        load_config(tmp_path, {"COMPCITE_MAILTO": address})


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_of_an_unknown_kind_is_a_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """Its name and password are not shown; offline nobody needs it."""
    monkeypatch.setenv(variable, "gopher://me:secret@proxy.example.org")
    config = load_config(tmp_path, {})
    with pytest.raises(UsageError) as told:
        config.settings()
    assert str(told.value).startswith(f"{variable} names a proxy of the kind 'gopher'; known are")
    assert config.settings(offline=True).offline
    monkeypatch.setenv(variable, "proxy.example.org:3128")
    assert not config.settings().offline


@pytest.mark.parametrize(
    "value",
    [
        "https://me:secret@api.example.org",
        "https://api.example.org/?key=secret",
        "me:secret@api.example.org",
    ],
)
def test_a_refused_address_hides_its_password(tmp_path: Path, value: str) -> None:
    """Messages end up in the logs of CI."""
    in_file = f'crossref-url = "{value}"\n'
    for text, variables in ((in_file, {}), ("", {"COMPCITE_DBLP_URL": value})):
        (tmp_path / "compcite.toml").write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as told:
            load_config(tmp_path, variables)
        assert "secret" not in str(told.value)
        assert "api.example.org" in str(told.value)


def test_a_key_is_never_shown(tmp_path: Path) -> None:
    """Neither by `compcite config` nor by a message that refuses it."""
    (option,) = [one for one in OPTIONS if one.key == "openalex-key"]
    assert shown_value(option, "s3cret") == "***"
    with pytest.raises(ConfigError) as told:
        load_config(tmp_path, {"COMPCITE_OPENALEX_KEY": "s3cret s3cret"})
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize("name", ["COMPCITE_MAILTO", "COMPCITE_CACHE_DIR"])
def test_an_address_with_a_password_is_refused_without_it(tmp_path: Path, name: str) -> None:
    """Neither an e-mail address nor a folder looks like this; what else may be wrong is shown."""
    with pytest.raises(ConfigError) as told:
        load_config(tmp_path, {name: "http://u:secret@example.org/?key=secret"})

    assert str(told.value).endswith(", not 'http://***@example.org/?***'")


def test_a_long_value_is_cut_in_its_message(tmp_path: Path) -> None:
    """A variable may hold a whole file by mistake; its beginning tells which."""
    with pytest.raises(ConfigError) as told:
        load_config(tmp_path, {"COMPCITE_MAILTO": "x y" * 50_000})

    assert str(told.value).endswith("… (150,002 letters)")
    assert len(str(told.value)) < 400


def test_a_home_that_nobody_knows_is_a_folder_s_name(tmp_path: Path) -> None:
    """In the file and in the environment ``~`` is the user's home; a shell may not have read it."""
    home = load_config(tmp_path, {"COMPCITE_CACHE_DIR": "~/kept"}).cache_path
    unknown = load_config(tmp_path, {"COMPCITE_CACHE_DIR": "~nobody-here/kept"}).cache_path

    assert home.parent == Path.home() / "kept"
    assert unknown.parent == Path("~nobody-here/kept")
