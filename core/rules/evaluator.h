// Decides conditions and numbers of a pack about one person on one day, in three values: what is not known
// stays not known, and nothing is asked that cannot matter. Owned by core/rules; one thread an evaluator;
// pure.
#pragma once

#include "core/rules/pack.h"

namespace machi::rules {

enum class Truth { No, Unknown, Yes };

// What a person has answered: a value for each fact of the pack that is asked for; facts of each guardian
// beside.
struct Person {
  std::vector<Value> facts;
  std::vector<std::vector<Value>>
      guardians;  // each as long as facts; only facts with `each` are read from it
};
Person nobody(const Pack& pack);
// {"facts": {"birth": "令和2年4月1日", "grade": "2"}, "guardians": [{...}]}: BadInput or DateOutOfRange with
// the place. A fact that comes from others, an unknown name, a birth in the future or before 1900 is refused;
// null is "not known".
Result<Person> read_person(const Pack& pack, const code::Cbor& written, Date today, std::string path = "");

class Evaluator {
 public:
  explicit Evaluator(const Pack& pack);
  // Both stay with the caller and are looked at until the next call.
  void about(const std::vector<Value>& answers, Date today);

  Value fact(int index);
  Truth truth(int node);
  Value number(int index);
  Truth benefit(int index);  // within its dates too

 private:
  Value derived(const Fact& fact);
  Value of_table(const Table& table);
  Truth compare(const Node& node);

  struct Kept {
    int round = 0;
    Value value;
  };
  const Pack& pack_;
  const std::vector<Value>* answers_ = nullptr;
  Date today_;
  int round_ = 0;
  std::vector<Kept> facts_, benefits_;
};

}  // namespace machi::rules
