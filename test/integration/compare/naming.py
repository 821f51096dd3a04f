"""How an option set's topic.naming.strategy names the topics that the comparison looks for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Naming:
    strategy: str  # empty: the default

    def part(self, name: str) -> str:
        return name.replace("_", "_u005f") if "Unicode" in self.strategy else name

    def topic(self, prefix: str, schema: str, table: str) -> str:
        names = (prefix, table) if "Default" in self.strategy else (prefix, schema, table)
        return ".".join(map(self.part, names))
