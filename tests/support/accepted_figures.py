"""Figures that an evaluation has to reach, by set and measure, in a JSON file that only goes up."""

import json

MEASURES = ("nDCG@10", "MRR@10", "R@100")
TOLERANCE = 0.002


class AcceptedFigures:
    """The figures of a file; a set that is not in it has none."""

    def __init__(self, file):
        self._file = file

    def of(self, name):
        """The figures of a set by measure."""
        return self._read().get(name, {})

    def fallen(self, name, figures):
        """The measures that are lower by more than the tolerance, or absent, with both figures."""
        return {
            measure: (figures.get(measure), accepted)
            for measure, accepted in self.of(name).items()
            if figures.get(measure, 0.0) < accepted - TOLERANCE
        }

    def risen(self, name, figures):
        """The measures that are higher by more than the tolerance, or new, with their figures."""
        accepted = self.of(name)
        return {
            measure: figure
            for measure, figure in figures.items()
            if measure not in accepted or figure > accepted[measure] + TOLERANCE
        }

    def accept(self, name, figures):
        """Raises the figures of a set to those given; lowers none."""
        every = self._read()
        before = every.get(name, {})
        every[name] = {
            measure: max(round(figure, 4), before.get(measure, 0.0)) for measure, figure in figures.items()
        }
        self._file.write_text(json.dumps(every, indent=2) + "\n", encoding="utf-8")

    def _read(self):
        return json.loads(self._file.read_text(encoding="utf-8"))
