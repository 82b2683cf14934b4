"""Near things hide far ones, and no two outlines share a cell."""

from hypothesis import given
from hypothesis import strategies as st

from stretch_tui.figure.frame import Tone
from stretch_tui.figure.planes import Planes
from stretch_tui.figure.raster import Grid, Plane

GRID = Grid(8, 4)
discs = st.tuples(st.floats(0, 32), st.floats(0, 32), st.floats(2, 9)).map(
    lambda disc: GRID.discs([disc])
)
tones = st.sampled_from([Tone.BODY, Tone.ARM, Tone.LEG, Tone.SKIN])


@given(st.lists(st.tuples(discs, tones), max_size=6))
def test_every_pixel_has_the_tone_of_what_is_nearest(covers: list[tuple[Plane, Tone]]) -> None:
    planes = Planes(GRID)
    for shape, tone in covers:
        planes.cover(shape, tone)
    found = planes.tones()
    covered = 0
    for tone, plane in found.items():
        assert covered & plane == 0
        covered |= plane
        for near, (shape, other) in enumerate(covers):
            later = 0
            for nearer, _ in covers[near + 1 :]:
                later |= nearer
            if other is not tone:
                assert shape & plane & (GRID.whole ^ later) == 0
    whole = 0
    for shape, _ in covers:
        whole |= shape
    assert covered == whole


@given(discs, discs)
def test_two_outlines_never_share_a_cell(behind: Plane, before: Plane) -> None:
    planes = Planes(GRID)
    far, near = (shape ^ GRID.eroded(shape) for shape in (behind, before))
    planes.draw(far, GRID.cells_of(far), far=True)
    planes.draw(near, GRID.cells_of(near), far=False)
    assert planes.ink & GRID.cells_of(near) == near
    assert planes.far == planes.ink & (GRID.whole ^ GRID.cells_of(near))
    assert planes.ink & (GRID.whole ^ (near | far)) == 0


@given(discs, discs)
def test_what_is_erased_is_gone_from_every_mark(marks: Plane, hole: Plane) -> None:
    planes = Planes(GRID, ink=marks, far=marks, fill=marks, stretched=marks, hair=marks,
                    head=marks, prop=marks)  # fmt: skip
    planes.erase(hole)
    for plane in (planes.ink, planes.far, planes.fill, planes.stretched, planes.hair, planes.head,
                  planes.prop):  # fmt: skip
        assert plane == marks & (GRID.whole ^ hole)
