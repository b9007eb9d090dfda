#!/usr/bin/env python3
"""autograder.py of a Classroom 50 assignment; the exercise lies beside it, as exercise/."""
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).parent
command = ["npx", "--yes", "k8s-ingress-sandbox@0.1.0", "grade", str(here / "exercise"), ".", "--require-version", "0.1.0",
           "--classroom50", "result.json", "--markdown", "release-body.md", "--exit-zero"]
sys.exit(subprocess.run(command).returncode)
