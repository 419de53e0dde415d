"""compare.py A B: how two pipelines' reads of the same pictures differ (files as reference.py and `code_b --reads --json` print them)."""
import json
import sys


def reads(path):
    with open(path) as file:
        lines = [json.loads(line) for line in file if line.startswith("{")]
    return {line["file"]: line for line in lines if "file" in line}


def main():
    a, b = map(reads, sys.argv[1:3])
    same = only_a = only_b = other = 0
    off = []
    for name in a.keys() & b.keys():
        for field in ("birth", "expiry", "code"):
            for reader in ("own", "second"):
                x, y = a[name][field].get(reader), b[name][field].get(reader)
                if x and y:
                    same += x[0] == y[0]
                    other += x[0] != y[0]
                    off.append(abs(x[1] - y[1]))
                else:
                    only_a += bool(x)
                    only_b += bool(y)
    off.sort()
    at = lambda part: off[int(part * (len(off) - 1))] if off else 0.0
    print(f"pictures {len(a.keys() & b.keys())}; values of both {same + other}, other value {other}; only the first {only_a}, only the second {only_b}; "
          f"certainty apart: median {at(.5):.4f}, p95 {at(.95):.4f}")


if __name__ == "__main__":
    main()
