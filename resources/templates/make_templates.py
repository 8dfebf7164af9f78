"""Write the templates of published nets beside this file, and the manual's page of them.

Their builders stand in `zoo/`, one file a family; the smaller templates were drawn by hand.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parents[1]))
    from designer.storage import SUFFIX, save
    from resources.templates.zoo.catalogue import TEMPLATES
    from resources.templates.zoo.manual import page

    for name, build in TEMPLATES.items():
        design = build()
        save(design, HERE / f"{name}{SUFFIX}")
        print(f"{name}: {len(design.nodes)} nodes")
    (HERE.parents[1] / "docs" / "manual" / "templates.md").write_text(page(), encoding="utf-8")
