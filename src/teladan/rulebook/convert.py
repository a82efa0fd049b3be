"""From validated models to the frozen data that leaves the rulebook."""

from collections.abc import Mapping
from pathlib import Path

from teladan.rulebook.course_data import (
    Cell,
    Chapter,
    Choice,
    Course,
    Echo,
    FeedbackItem,
    Item,
    JpBasis,
    Node,
    Option,
    Scene,
    TestSpec,
)
from teladan.rulebook.models.course import ChoiceModel, CourseFile, ItemModel, NodeModel, SceneFile, TestModel


def course(
    file: CourseFile,
    chapters: tuple[Chapter, ...],
    items: Mapping[str, Item],
    scenes: Mapping[str, Scene],
    folder: Path,
) -> Course:
    """The course with everything that loaded."""
    basis = file.jp_basis
    return Course(
        key=file.key,
        version=file.version,
        title=file.title,
        summary=file.summary,
        objectives=tuple(file.objectives),
        chapters=chapters,
        tests={key: _test(key, model) for key, model in file.tests.items()},
        feedback=tuple(FeedbackItem(key=item.key, text=item.text, kind=item.kind) for item in file.feedback.items),
        job_families=file.job_families,
        items=items,
        scenes=scenes,
        folder=folder,
        jp_basis=JpBasis(ref=basis.ref, confidence=basis.confidence, note=basis.note) if basis else None,
    )


def _test(key: str, model: TestModel) -> TestSpec:
    return TestSpec(
        key=key,
        title=model.title,
        form=model.form,
        minutes=model.minutes,
        pass_mark=model.pass_mark,
        blueprint=tuple(
            Cell(value=cell.value, level=cell.level, count=cell.count, anchors=cell.anchors) for cell in model.blueprint
        ),
        pass_basis=model.pass_basis,
    )


def item(model: ItemModel, key_status: str) -> Item:
    """An item; `key_status` stands at the head of its file."""
    return Item(
        key=model.key,
        use=model.use,
        form=model.form,
        value=model.value,
        behaviour=model.behaviour,
        level=model.level,
        difficulty=model.difficulty,
        stem=model.stem,
        options=tuple(
            Option(key=option.key, text=option.text, correct=option.correct, rationale=option.rationale)
            for option in model.options
        ),
        cites=tuple(model.cites),
        key_status=key_status,
    )


def scene(file: SceneFile) -> Scene:
    """A scene with its nodes in the order of the file."""
    return Scene(
        key=file.key,
        version=file.version,
        title=file.title,
        value=file.value,
        behaviours=tuple(file.behaviours),
        job_families=tuple(file.job_families),
        key_status=file.key_status,
        page=file.page,
        start=file.start,
        nodes={key: _node(key, model) for key, model in file.nodes.items()},
        debrief=file.debrief,
    )


def _node(key: str, model: NodeModel) -> Node:
    return Node(
        key=key,
        text=model.text,
        ending=model.ending,
        echoes=tuple(Echo(when=echo.when, text=echo.text) for echo in model.echoes),
        choices=tuple(_choice(choice) for choice in model.choices),
    )


def _choice(model: ChoiceModel) -> Choice:
    return Choice(
        key=model.key,
        text=model.text,
        score=model.score,
        outcome=model.outcome,
        sets=tuple(model.sets),
        goto=model.goto,
        feedback=model.feedback,
        cites=tuple(model.cites),
    )
