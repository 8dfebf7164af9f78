"""The one table of colours, dark and light, that every view paints from."""

from __future__ import annotations

from designer.core.lean import lean_dataclass


@lean_dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """A colour for each role, as `#rrggbb` or `rgba(r,g,b,a)`.

    A theme equals itself only: all that is kept by it is found without reading forty colours.
    """

    name: str
    is_dark: bool
    window: str
    panel: str
    raised: str
    hover: str
    line: str
    line_strong: str
    text: str
    text_muted: str
    text_faint: str
    canvas: str
    grid_dot: str
    wire: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    focus: str
    good: str
    warning: str
    error: str
    error_soft: str
    node: str
    node_line: str
    frame: str
    frame_line: str
    frame_tint: str
    shadow: str
    family_convolution: str
    family_normalisation: str
    family_activation: str
    family_pooling: str
    family_merge: str
    family_shape: str
    family_head: str
    family_image: str
    family_regularisation: str
    plot_1: str
    plot_2: str
    plot_3: str
    plot_4: str
    plot_5: str
    plot_6: str

    def family(self, name: str) -> str:
        """The colour of a layer's family, `Convolution` for one; a quiet grey for a stranger's."""
        colour: str = getattr(self, f"family_{name.lower()}", self.text_faint)
        return colour

    def plot(self, index: int) -> str:
        """The colour of the curve with this index; six colours, then from the first again."""
        colour: str = getattr(self, f"plot_{index % 6 + 1}")
        return colour


DARK = Tokens(
    name="dark",
    is_dark=True,
    window="#14161a",
    panel="#1a1d22",
    raised="#21252b",
    hover="#282d34",
    line="#2c3138",
    line_strong="#3a414b",
    text="#e7eaee",
    text_muted="#98a1ad",
    text_faint="#8d97a4",
    canvas="#15181c",
    grid_dot="#242a31",
    wire="#66717f",
    accent="#5b9dff",
    accent_hover="#74acff",
    accent_soft="#1b2e4b",
    on_accent="#14161a",
    focus="#5b9dff",
    good="#4fc38a",
    warning="#e8b54a",
    error="#f07178",
    error_soft="#2c1c22",
    node="#20242a",
    node_line="#343b45",
    frame="#1c2025",
    frame_line="#353c45",
    frame_tint="#211a26",
    shadow="rgba(0,0,0,.45)",
    family_convolution="#5b9dff",
    family_normalisation="#8f8cf0",
    family_activation="#e8b54a",
    family_pooling="#4fc3a1",
    family_merge="#d77ad0",
    family_shape="#8b96a5",
    family_head="#f0876b",
    family_image="#c3cad4",
    family_regularisation="#a58d78",
    plot_1="#5b9dff",
    plot_2="#f0876b",
    plot_3="#4fc3a1",
    plot_4="#d77ad0",
    plot_5="#e8b54a",
    plot_6="#8f8cf0",
)

LIGHT = Tokens(
    name="light",
    is_dark=False,
    window="#f3f4f6",
    panel="#ffffff",
    raised="#ffffff",
    hover="#eef0f3",
    line="#e3e6ea",
    line_strong="#cfd5dc",
    text="#1c2129",
    text_muted="#5c6673",
    text_faint="#636d7a",
    canvas="#fafbfc",
    grid_dot="#e4e8ed",
    wire="#808a97",
    accent="#1a67da",
    accent_hover="#1558bf",
    accent_soft="#e6effe",
    on_accent="#ffffff",
    focus="#1a67da",
    good="#157848",
    warning="#8f6100",
    error="#c5363e",
    error_soft="#fdf1f2",
    node="#ffffff",
    node_line="#d5dae1",
    frame="#f2f4f7",
    frame_line="#c6cdd6",
    frame_tint="#f8f3f8",
    shadow="rgba(20,30,50,.13)",
    family_convolution="#1f6fe5",
    family_normalisation="#5b57d6",
    family_activation="#a87700",
    family_pooling="#12876a",
    family_merge="#ab3fa3",
    family_shape="#6a7584",
    family_head="#c84c2a",
    family_image="#4b5563",
    family_regularisation="#866a52",
    plot_1="#1f6fe5",
    plot_2="#c84c2a",
    plot_3="#12876a",
    plot_4="#ab3fa3",
    plot_5="#a87700",
    plot_6="#5b57d6",
)
