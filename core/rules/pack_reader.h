// Reads a pack from its CBOR, part by part (pack_read.cc, condition_read.cc). Private to core/rules.
#pragma once

#include "core/rules/pack.h"

namespace machi::rules {

class PackReader {
 public:
  explicit PackReader(const code::Cbor& written) : root_(&written, "") {}
  Result<Pack> read();
  const std::vector<PackTest>& tests() const { return tests_; }

 private:
  // pack_read.cc
  Status read_head();
  Status name_facts();
  Status read_facts();
  Status read_fact(const Place& place, Fact& fact);
  Status read_asked(const Place& place, Fact& fact);
  Status read_derivation(const Place& place, Fact& fact);
  Status read_tables();
  Status read_table(const Place& place, Table& table);
  Status name_benefits();
  Status read_benefits();
  Status read_benefit(const Place& place, Benefit& benefit);
  Status read_schemes();
  Status read_points(const Place& place, std::vector<PointItem>& items);
  Status read_tests();
  Result<Text> read_text(const Place& place, bool needed);
  Result<Source> read_source(const Place& place);

  // condition_read.cc: the index of a node, or of a number
  Result<int> condition(const Place& place, int depth = 0);
  Result<int> about_fact(const Place& place);
  Result<int> number(const Place& place, int depth = 0);
  Result<int> numbers_of(const Place& place, NumberKind kind, std::size_t least, int depth);
  Result<Ranges> ranges(const Place& place, const Fact& fact);
  Result<std::int64_t> value(const Place& place, const Fact& fact);
  Result<int> fact_named(const Place& place);
  int add(Node node);
  int add(Number number);

  Place root_;
  Pack pack_;
  std::vector<PackTest> tests_;
};

// pack_check.cc
Status check_cycles(const Pack& pack);
Status check_tables(const Pack& pack);
void note_bounds(Pack& pack);
void note_facts(Pack& pack);
Status run_tests(Pack& pack, const std::vector<PackTest>& tests);

}  // namespace machi::rules
