// A round of the nursery office: applications and what the office wrote about them, put together in any
// order; the placement's input, the same on every desk, with the hash that is published before the result;
// what each family is told. Values; any thread; pure.
#pragma once

#include <map>
#include <set>

#include "core/parenting/nursery/application.h"

namespace machi::parenting {

struct NurseryPlace {
  std::string id, name;
  std::array<int, kClasses> seats{};
};

enum class Stage { Received, Returned, Reviewed, Withdrawn };
struct Case {
  Application application;  // the version that holds
  Stage stage = Stage::Received;
  std::optional<PointsSet> points;
  bool disputed = false;   // two entries of points, neither replaces the other
  std::string why;         // of the return
  std::vector<Entry> log;  // every entry, by time: what was changed, by whom, why
};

class Round {
 public:
  // Of a child's class: its age on 1 April of the school year.
  Round(int school_year, std::vector<NurseryPlace> nurseries)
      : school_year_(school_year), nurseries_(std::move(nurseries)) {}
  void add(const Application& application);
  void add(const Entry& entry);
  std::vector<Case> cases() const;  // by id
  std::optional<Case> find(const ApplicationId& id) const;

  struct Input {
    Instance instance;
    std::vector<std::pair<ApplicationId, std::size_t>> children;  // whose each is
    std::vector<ApplicationId> left_out;  // not reviewed, disputed, or with a choice or age that is none
  };
  // Of reviewed applications, in the order of their ids. Equal points are settled by `lot`: a number drawn
  // and published before, from which each child's lot follows.
  Input input(std::uint64_t lot) const;
  const std::vector<NurseryPlace>& nurseries() const { return nurseries_; }

 private:
  int school_year_;
  std::vector<NurseryPlace> nurseries_;
  std::map<ApplicationId, std::map<std::uint64_t, Application>> applications_;
  std::map<EntryId, Entry> entries_;
};

// The instance as JSON that `machi placement` reads, and the hash that it prints as "input".
std::string input_json(const Instance& instance);
std::string input_hash(const Instance& instance);

// What a family is told of a child: placed where and at which choice, and why at none that it wished more.
struct Told {
  ApplicationId application;
  std::size_t child = 0;
  std::string nursery;  // id; "": none
  int rank = 0;         // 1: the first choice
  std::vector<Refused> refused;
};
std::vector<Told> told(const Round::Input& input, const Placement& placement);

}  // namespace machi::parenting
