"""The command: only what works is offered, and every mistake is one sentence with exit status 2."""

import pytest

from gongzhi.config import command
from gongzhi.values.refusals import NotPossible


def stopped(capsys, *words: str) -> str:
    with pytest.raises(SystemExit) as stop:
        command.main(list(words))
    assert stop.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert printed.err.endswith("。\n")
    return printed.err


@pytest.mark.parametrize("words", [[], ["--help"], ["help"]])
def test_help_lists_what_there_is_and_nothing_else(capsys, words):
    assert command.main(words) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert listed == list(command.COMMANDS)
    assert not set(listed) & set(command.PLANNED)


def test_every_command_that_is_offered_is_there():
    for offered in command.COMMANDS.values():
        module, name = offered.function.split(":")
        assert callable(getattr(command.import_module(module), name))


def test_an_unknown_command_is_named(capsys):
    assert "没有命令 dance，" in stopped(capsys, "dance")


@pytest.mark.parametrize("name", command.PLANNED)
def test_what_is_not_built_says_so(capsys, name):
    assert f"命令 {name} 尚未提供，" in stopped(capsys, name)


@pytest.mark.parametrize("words", [["law"], ["law", "break"]])
def test_law_says_what_it_can_be_asked(capsys, words):
    assert "show、due 或 coverage" in stopped(capsys, *words)


@pytest.mark.parametrize(
    "words", [["demo", "--port", "0"], ["serve", "--workers", "no"], ["migrate", "--now"], ["check", "x"]]
)
def test_a_wrong_argument_is_one_sentence(capsys, words):
    assert f"请运行 gongzhi {words[0]} --help 查看用法" in stopped(capsys, *words)


def test_a_refusal_is_its_sentence(capsys, monkeypatch):
    def refuse(argv):
        raise NotPossible("本地未设定该期限，请先设定。")

    monkeypatch.setattr(command, "show_commands", lambda: refuse([]))
    assert stopped(capsys, "--help") == "本地未设定该期限，请先设定。\n"
