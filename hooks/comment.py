"""The comment on a pull request: `python3 hooks/comment.py REPOSITORY RUN COMMIT`.

Asks GitHub, with `gh`, what the run of the checks left, and writes one comment on every open
pull request that still stands at that commit. Needs nothing installed. What the run left is
data that anybody may have made; which pull request it is about is not taken from there.
"""

import json
import os
import subprocess
import sys

from guide.report import LARGEST, Run, UnfitReportError, comment, parse_problems, unpack


def main(repository: str, run: str, commit: str) -> None:
    told = _comment(repository, run)
    for page in _pages(f"repos/{repository}/pulls?state=open&per_page=100"):
        for pull in page:
            if pull["head"]["sha"] == commit:
                place = (str(pull["number"]), "--repo", repository)
                once = ("--edit-last", "--create-if-none", "--body-file", "-")
                _gh("pr", "comment", *place, *once, text=told)


def _comment(repository: str, run: str) -> str:
    address = f"{os.environ['GITHUB_SERVER_URL']}/{repository}/actions/runs/{run}"
    api = f"repos/{repository}/actions"
    steps = [
        step
        for page in _pages(f"{api}/runs/{run}/jobs?per_page=100")
        for job in page["jobs"]
        for step in job["steps"]
    ]
    left = {
        artefact["name"]: artefact
        for page in _pages(f"{api}/runs/{run}/artifacts?per_page=100")
        for artefact in page["artifacts"]
    }
    preview = f"{address}/artifacts/{left['preview']['id']}" if "preview" in left else ""
    failed = tuple(step["name"] for step in steps if step["conclusion"] == "failure")
    try:
        if "problems" not in left or left["problems"]["size_in_bytes"] > LARGEST:
            raise UnfitReportError("there is none, or it is too large")
        problems = parse_problems(
            unpack(_gh("api", f"{api}/artifacts/{left['problems']['id']}/zip"))
        )
    except UnfitReportError as error:
        print(f"the report is not used: {error}", file=sys.stderr)
        problems = None
    return comment(problems, Run(address, preview, failed))


def _pages(path: str) -> list:
    return json.loads(_gh("api", "--paginate", "--slurp", path))


def _gh(*arguments: str, text: str = "") -> bytes:
    command = ["gh", *arguments]
    return subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
