"""SARIF 2.1.0, which code scanning and many editors read.

Source: Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard. The
numbers in the docstrings below are sections of it.
"""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from compcite.model.report import Severity
from compcite.model.source import Span
from compcite.reporters._wording import doi_url, finding_lines
from compcite.reporters.fingerprints import placed_findings
from compcite.reporters.json import encode
from compcite.reporters.places import region_of, relative_path
from compcite.text.terminal import one_line
from compcite.version import DOCUMENTATION, __version__, rule_page

if TYPE_CHECKING:
    from compcite.model.report import Fix, Report, Rule
    from compcite.model.source import SourceFile
    from compcite.reporters.fingerprints import PlacedFinding
    from compcite.reporters.options import ReportOptions

__all__ = ["render"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SOURCE_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_PROBLEMS = {  # the severities in the words of GitHub's code scanning
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "recommendation",
}
_TIME = "%Y-%m-%dT%H:%M:%SZ"
# In a message, braces mark placeholders (3.11.5) and brackets mark links (3.11.6).
_MESSAGE = str.maketrans({"{": "{{", "}": "}}", "\\": "\\\\", "[": "\\[", "]": "\\]"})


def render(report: Report, options: ReportOptions) -> str:
    """A SARIF log with one run, which describes only the rules with findings."""
    placed = list(placed_findings(report, options.root))
    rules = {item.finding.rule.code: item.finding.rule for item in placed}
    index = {code: number for number, code in enumerate(sorted(rules))}
    sources = {entry.source.name: entry.source for entry in report.entries}
    locations = {name: _location(source, options) for name, source in sources.items()}
    run = {
        "tool": {
            "driver": {
                "name": "compcite",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": DOCUMENTATION,
                "rules": [_rule(rules[code]) for code in index],
            }
        },
        "invocations": [_invocation(report, options)],
        "artifacts": [
            {"location": locations[name], "encoding": source.encoding, "roles": ["analysisTarget"]}
            for name, source in sources.items()
        ],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [
            {
                "ruleId": item.finding.rule.code,
                "ruleIndex": index[item.finding.rule.code],
                **_result(item, locations[item.entry.source.name]),
            }
            for item in placed
        ],
    }
    return encode({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: Rule) -> dict[str, object]:
    """A rule's description (3.49); its help is the text that ``compcite rule`` shows."""
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "helpUri": rule_page(rule.name),
        "help": {"text": rule.explanation, "markdown": rule.explanation},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["references", rule.family],
            "problem.severity": _PROBLEMS[rule.severity],
            "precision": "very-high",
        },
    }


def _invocation(report: Report, options: ReportOptions) -> dict[str, object]:
    """The run itself (3.20): it succeeded; each service that did not answer is a notification."""
    invocation: dict[str, object] = {
        "executionSuccessful": True,
        "toolExecutionNotifications": [
            {"level": "warning", "message": _message(reason)} for reason in report.outages.values()
        ],
    }
    if options.started is not None:
        started = options.started.astimezone(dt.UTC)
        ended = started + dt.timedelta(seconds=report.seconds)
        invocation["startTimeUtc"] = started.strftime(_TIME)
        invocation["endTimeUtc"] = ended.strftime(_TIME)
    return invocation


def _location(source: SourceFile, options: ReportOptions) -> dict[str, object]:
    """The place of a file (3.4): relative to the root, or an absolute URI outside of it."""
    path = PurePath(relative_path(source, options.root))
    if path.is_absolute():
        return {"uri": path.as_uri()}
    # Without an escape, the colon in "a:b.bib" would end a scheme (RFC 3986, 4.2).
    return {"uri": quote(path.as_posix(), safe="/"), "uriBaseId": _SOURCE_ROOT}


def _result(placed: PlacedFinding, location: dict[str, object]) -> dict[str, object]:
    """A finding as a result (3.27), with its fix and a link to the DOI.

    That is the DOI that the registry gives where the finding is about the DOI.
    """
    entry, finding, _, fingerprint = placed
    lines = [_message(line)["text"] for line in finding_lines(finding)]
    doi = finding.expected if finding.field == "doi" and finding.expected else entry.doi
    if url := doi_url(doi):
        # An unescaped parenthesis would end the link.
        url = url.replace("(", "%28").replace(")", "%29")
        lines.append(f"[{url}]({url})")
    result: dict[str, object] = {
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(lines)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": location,
                    "region": _region(entry.source, finding.span),
                },
                "logicalLocations": [{"name": entry.key}] if entry.key else [],
            }
        ],
        "partialFingerprints": {"compcite/v1": fingerprint},
        "properties": {
            "key": entry.key,
            "doi": entry.doi,
            "status": entry.status.value,
            "field": finding.field,
            "expected": finding.expected,
            "actual": finding.actual,
        },
    }
    if finding.fix and finding.fix.edits:  # a fix has at least one replacement (3.56.3)
        result["fixes"] = [_fix(finding.fix, entry.source, location)]
    return result


def _fix(fix: Fix, source: SourceFile, location: dict[str, object]) -> dict[str, object]:
    """A fix (3.55) as replacements in one file."""
    replacements = [
        {
            "deletedRegion": _region(source, Span(edit.start, edit.end)),
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    return {
        "description": _message(fix.title),
        "artifactChanges": [{"artifactLocation": location, "replacements": replacements}],
        "properties": {"safe": fix.safe},
    }


def _region(source: SourceFile, span: Span) -> dict[str, int]:
    """A text region (3.30); the end column is not included."""
    line, column, end_line, end_column = region_of(source, span)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _message(text: str) -> dict[str, str]:
    """A message (3.11) in which no data is read as a placeholder or a link."""
    return {"text": one_line(text).translate(_MESSAGE)}
