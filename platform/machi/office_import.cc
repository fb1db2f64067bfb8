// machi office import: a school's class list from a file, as the desk's page reads it: mistakes by line and
// column, what would change, and the list taken over when that is asked for. For a town that founds many
// schools at once.
#include <array>

#include "core/crypto/drbg.h"
#include "platform/host/text_file.h"
#include "platform/machi/command.h"
#include "platform/town/school_founder.h"

namespace machi::program {
namespace {

using What = absence::ListMistake::What;
constexpr std::size_t kFileLimit = 4u << 20;

struct Import {
  std::string folder;
  std::string file;
  bool take = false;
  bool classes = false;
};

constexpr std::array kWhat = {"no-lines",    "column-missing",  "column-twice", "unreadable",
                              "open-quote",  "empty",           "not-a-grade",  "not-a-number",
                              "not-a-date",  "not-a-telephone", "too-long",     "number-twice",
                              "pupil-twice", "class-too-large", "too-many"};
static_assert(kWhat.size() == static_cast<std::size_t>(What::TooMany) + 1);
constexpr std::array kColumn = {"grade",   "class", "number",    "name",
                                "reading", "birth", "telephone", "teacher"};
static_assert(kColumn.size() == absence::kListColumns);

// Lines and columns only: what stands there is a person's, and belongs on the desk's screen.
nlohmann::json mistakes_of(const absence::ClassList& list) {
  nlohmann::json out = nlohmann::json::array();
  for (const absence::ListMistake& mistake : list.mistakes) {
    nlohmann::json one{{"line", mistake.line}, {"what", kWhat[static_cast<std::size_t>(mistake.what)]}};
    if (mistake.column) one["column"] = kColumn[static_cast<std::size_t>(*mistake.column)];
    if (mistake.other != 0) one["other"] = mistake.other;
    out.push_back(std::move(one));
  }
  return out;
}

int run(const Import& options) {
  const auto bytes = host::read_file(options.file, kFileLimit);
  if (!bytes.ok()) return complain(options.file + " cannot be read", bytes.error());
  const host::TextFile file = host::read_text(*bytes);
  const absence::ClassList list = absence::read_class_list(file.text);
  if (!list.mistakes.empty()) {
    print({{"encoding", file.encoding}, {"mistakes", mistakes_of(list)}, {"taken", false}});
    return complain("The list has mistakes; nothing was changed.");
  }
  const auto town = town::open_town(options.folder);
  if (!town.ok()) return complain("There is no town in " + options.folder, town.error());
  crypto::SystemEntropy entropy;
  const base::Instant now = system_now();
  auto school = town::SchoolFounder::open(*town, entropy, now);
  if (!school.ok() && school.code() == base::Code::Conflict)
    return complain("The hub of the town is running; stop it first, or use the desk's page.");
  if (!school.ok()) return complain("The school cannot be opened", school.error());
  const auto scope =
      options.classes ? absence::ListScope::Classes : absence::scope_of((*school)->roll(), list);
  const absence::RollPlan plan = (*school)->plan(list, scope);
  if (options.take)
    if (const auto taken = (*school)->take_over(plan, now); !taken.ok())
      return complain("The list could not be taken over", taken.error());
  print({{"encoding", file.encoding},
         {"scope", scope == absence::ListScope::School ? "school" : "classes"},
         {"new", plan.fresh},
         {"changed", plan.changed},
         {"moves", plan.moves},
         {"leaves", plan.leaves},
         {"same", plan.same},
         {"taken", options.take}});
  return kDone;
}

}  // namespace

Action declare_office_import(CLI::App& app) {
  auto options = std::make_shared<Import>();
  app.add_option("DIR", options->folder, "The folder of the town")->required();
  app.add_option("FILE", options->file, "The list: CSV in UTF-8 or Shift_JIS")->required();
  app.add_flag("--take", options->take, "Take the list over; without it nothing changes");
  app.add_flag("--classes", options->classes, "The list speaks for its own classes only");
  return [options] { return run(*options); };
}

}  // namespace machi::program
