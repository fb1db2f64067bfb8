// Matching a list with the roll, in four passes from sure to less sure; whoever was matched is out of the
// later ones.
#include "core/absence/desk/roll/roll_plan.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/crypto/keys.h"

namespace machi::absence {
namespace {

using What = PlanLine::What;
using Place = std::pair<int, std::string>;  // grade, class

template <class Id>
Id derived(std::string_view what, const mail::MailboxId& school, const std::string& about) {
  base::Bytes named = base::copy(base::view(std::string(what)));
  named.insert(named.end(), school.bytes.begin(), school.bytes.end());
  const base::ByteView rest = base::view(about);
  named.insert(named.end(), rest.begin(), rest.end());
  const auto digest = crypto::hash(named);
  Id id;
  std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

std::string bare_class(const Pupil& pupil) {  // 3年1組 -> 1組
  const std::string before = std::to_string(pupil.grade) + "年";
  return pupil.class_name.starts_with(before) ? pupil.class_name.substr(before.size()) : pupil.class_name;
}
std::string seat(int grade, const std::string& name, int number) {
  return std::to_string(grade) + "年" + name + " " + std::to_string(number) + "番";
}

class Planning {
 public:
  Planning(const RollBook& book, const ClassList& list, ListScope scope, const mail::MailboxId& school)
      : list_(list), scope_(scope), school_(school) {
    for (const SchoolClass& one : book.classes()) {
      classes_[{one.grade, one.name}] = one;
      for (Pupil& pupil : book.pupils(one.id)) known_.push_back(std::move(pupil));
    }
  }

  RollPlan run() {
    match();
    std::set<Place> touched;
    for (std::size_t i = 0; i < list_.pupils.size(); ++i) compare(i, touched);
    for (std::size_t i = 0; i < known_.size(); ++i) gone(i, touched);
    for (const Place& place : touched) plan_.rolls.push_back(roll_of(place));
    std::stable_sort(plan_.lines.begin(), plan_.lines.end(),
                     [](const PlanLine& a, const PlanLine& b) { return a.what < b.what; });
    return std::move(plan_);
  }

 private:
  static Place place_of(const Pupil& pupil) { return {pupil.grade, bare_class(pupil)}; }
  static Place place_of(const ListedPupil& pupil) { return {pupil.grade, pupil.class_name}; }

  // One pass: pairs whose keys are equal and stand once on both sides.
  template <class KnownKey, class ListedKey>
  void pass(KnownKey known_key, ListedKey listed_key) {
    std::map<std::string, std::vector<std::size_t>> there;
    for (std::size_t i = 0; i < known_.size(); ++i)
      if (!taken_.contains(i)) there[known_key(known_[i])].push_back(i);
    std::map<std::string, std::vector<std::size_t>> asked;
    for (std::size_t i = 0; i < list_.pupils.size(); ++i)
      if (!of_.contains(i)) asked[listed_key(list_.pupils[i])].push_back(i);
    for (const auto& [key, listed] : asked) {
      const auto found = there.find(key);
      if (key.empty() || found == there.end() || found->second.size() != 1 || listed.size() != 1) continue;
      of_[listed.front()] = found->second.front();
      taken_.insert(found->second.front());
    }
  }

  void match() {
    const auto born = [](Date birth) { return "|" + std::to_string(birth.days); };
    pass([&](const Pupil& p) { return base::search_form(p.record.name) + born(p.record.birth); },
         [&](const ListedPupil& p) { return base::search_form(p.name) + born(p.birth); });
    const auto read = [&](const std::string& reading, Date birth) {
      const std::string form = base::search_form(reading);
      return form.empty() ? std::string() : form + born(birth);
    };
    pass([&](const Pupil& p) { return read(p.record.reading, p.record.birth); },
         [&](const ListedPupil& p) { return read(p.reading, p.birth); });
    pass([&](const Pupil& p) { return seat(p.grade, bare_class(p), p.record.number) + born(p.record.birth); },
         [&](const ListedPupil& p) { return seat(p.grade, p.class_name, p.number) + born(p.birth); });
    pass(
        [&](const Pupil& p) {
          return base::search_form(p.record.name) + "|" + seat(p.grade, bare_class(p), 0);
        },
        [&](const ListedPupil& p) {
          return base::search_form(p.name) + "|" + seat(p.grade, p.class_name, 0);
        });
  }

  void compare(std::size_t i, std::set<Place>& touched) {
    const ListedPupil& listed = list_.pupils[i];
    PlanLine line;
    line.record.number = listed.number;
    line.record.name = listed.name;
    line.record.reading = listed.reading;
    line.record.birth = listed.birth;
    line.record.telephones = listed.telephones;
    line.after = seat(listed.grade, listed.class_name, listed.number);
    const auto match = of_.find(i);
    if (match == of_.end()) {
      line.what = What::Fresh;
      line.record.pupil = fresh_id(listed);
      ++plan_.fresh;
      touched.insert(place_of(listed));
    } else {
      const Pupil& before = known_[match->second];
      line.record.pupil = before.record.pupil;
      line.before = seat(before.grade, bare_class(before), before.record.number);
      // A list without readings or telephones takes none away.
      if (line.record.reading.empty()) line.record.reading = before.record.reading;
      if (line.record.telephones.empty()) line.record.telephones = before.record.telephones;
      const bool named = base::search_form(line.record.name) != base::search_form(before.record.name);
      const bool born = line.record.birth != before.record.birth;
      line.look = named || born;
      line.was = named ? before.record.name : born ? before.record.birth.iso() : "";
      const bool changed = named || born || line.record.name != before.record.name ||
                           line.record.reading != before.record.reading ||
                           line.record.telephones != before.record.telephones;
      if (changed || line.before != line.after) {
        touched.insert(place_of(listed));
        touched.insert(place_of(before));
      }
      if (changed) {
        line.what = What::Changed;
        ++plan_.changed;
      } else if (line.before != line.after) {
        line.what = What::Moves;
        ++plan_.moves;
      } else {
        ++plan_.same;
        const auto held = classes_.find(place_of(listed));
        if (!listed.teacher.empty() && held != classes_.end() && held->second.teacher != listed.teacher)
          touched.insert(place_of(listed));
        records_[place_of(listed)].push_back(std::move(line.record));
        return;
      }
    }
    records_[place_of(listed)].push_back(line.record);
    plan_.lines.push_back(std::move(line));
  }

  // Whom the list does not name: leaves when the list speaks for the class, else stays as it is.
  void gone(std::size_t i, std::set<Place>& touched) {
    if (taken_.contains(i)) return;
    const Pupil& pupil = known_[i];
    const Place place = place_of(pupil);
    const bool spoken = scope_ == ListScope::School ||
                        std::any_of(list_.pupils.begin(), list_.pupils.end(),
                                    [&](const ListedPupil& one) { return place_of(one) == place; });
    if (!spoken) {
      records_[place].push_back(pupil.record);
      return;
    }
    touched.insert(place);
    ++plan_.leaves;
    plan_.leaving.push_back(pupil.record.pupil);
    PlanLine line;
    line.what = What::Leaves;
    line.record = pupil.record;
    line.before = seat(pupil.grade, bare_class(pupil), pupil.record.number);
    plan_.lines.push_back(std::move(line));
  }

  PupilId fresh_id(const ListedPupil& listed) {
    return derived<PupilId>("machi-pupil", school_,
                            base::search_form(listed.name) + "|" + listed.birth.iso());
  }

  Roll roll_of(const Place& place) {
    Roll roll;
    roll.grade = place.first;
    roll.name = place.second;
    if (const auto held = classes_.find(place); held != classes_.end()) {
      roll.id = held->second.id;
      roll.teacher = held->second.teacher;
    } else {
      roll.id = derived<ClassId>("machi-class", school_, std::to_string(place.first) + "|" + place.second);
    }
    for (const ListedPupil& listed : list_.pupils)
      if (place_of(listed) == place && !listed.teacher.empty()) roll.teacher = listed.teacher;
    roll.pupils = records_[place];
    std::stable_sort(roll.pupils.begin(), roll.pupils.end(),
                     [](const PupilRecord& a, const PupilRecord& b) { return a.number < b.number; });
    return roll;
  }

  const ClassList& list_;
  ListScope scope_;
  mail::MailboxId school_;
  std::map<Place, SchoolClass> classes_;
  std::vector<Pupil> known_;
  std::set<std::size_t> taken_;            // of known_
  std::map<std::size_t, std::size_t> of_;  // list -> known_
  std::map<Place, std::vector<PupilRecord>> records_;
  RollPlan plan_;
};

}  // namespace

ListScope scope_of(const RollBook& book, const ClassList& list) {
  for (const SchoolClass& one : book.classes())
    if (std::none_of(list.pupils.begin(), list.pupils.end(),
                     [&](const ListedPupil& pupil) { return pupil.grade == one.grade; }))
      return ListScope::Classes;
  return ListScope::School;
}

RollPlan plan_roll(const RollBook& book, const ClassList& list, ListScope scope,
                   const mail::MailboxId& school) {
  return Planning(book, list, scope, school).run();
}

}  // namespace machi::absence
