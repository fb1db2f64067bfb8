// machi office found, machi office confirm: a school's office with its paper key. The key is printed as a
// page; the office is set up, and gets its first tablet, when what was printed has been typed or scanned
// back.
#include <iostream>

#include "core/crypto/drbg.h"
#include "platform/machi/command.h"
#include "platform/machi/slip_paper.h"
#include "platform/town/school_founder.h"

namespace machi::program {
namespace {

namespace fs = std::filesystem;
using base::Code;
constexpr std::int64_t kInvitationDays = 14;

struct Office {
  std::string folder;
  std::string name;
  std::string telephone;
  std::string desk = "https://desk.example";
  std::string device = "school";
  bool board = false;
  bool shelter = false;
  std::string kind;  // protection, support, helpers
  std::string text;

  fs::path sheet() const { return fs::path(folder) / device / "paper-key.html"; }
};

base::Result<std::unique_ptr<town::SchoolFounder>> open(const Office& options, const town::TownFolder& town,
                                                        base::Entropy& entropy) {
  return town::SchoolFounder::open(town, entropy, system_now(), options.device);
}

int cannot_open(const base::Error& error) {
  if (error.code == Code::Conflict) return complain("The hub of the town is running; stop it first.");
  return complain("The office cannot be opened", error);
}

base::Status write_sheet(const Office& options, const town::SchoolFounder& office) {
  MACHI_TRY_SET(paper, office.paper_key());
  sample::KeyPaper sheet;
  sheet.office = options.name;
  sheet.link = options.desk + "/#" + mail::paper_fragment(office.school(), paper);
  sheet.signs = mail::print_paper(paper);
  sheet.desk = options.desk;
  MACHI_TRY_SET(page, sample::key_page(sheet));
  return host::write_file(options.sheet(), base::view(page), host::Privacy::Secret);
}

int found(const Office& options) {
  const auto town = town::open_town(options.folder);
  if (!town.ok()) return complain("There is no town in " + options.folder, town.error());
  crypto::SystemEntropy entropy;
  auto office = open(options, *town, entropy);
  if (!office.ok()) return cannot_open(office.error());
  town::SchoolPlan plan;
  plan.kind = options.board          ? "board"
              : options.shelter      ? "shelter"
              : options.kind.empty() ? "school"
                                     : options.kind;
  plan.name = options.name;
  plan.telephone = options.telephone;
  if (const auto made = (*office)->found(plan, system_now()); !made.ok())
    return complain("The office could not be founded", made.error());
  if (options.shelter) {
    // The apps are built with the key, so that a pass is made where there has never been a network.
    const auto key = (*office)->pass_key();
    if (!key.ok()) return complain("The office has no pass key", key.error());
    town::TownFolder with_key = *town;
    with_key.plan.shelter = *key;
    if (const auto written = town::write_pack(with_key); !written.ok())
      return complain("The town pack could not be written", written.error());
  }
  if ((*office)->is_set_up()) return print({{"office", (*office)->school().hex()}, {"setUp", true}}), kDone;
  if (const auto written = write_sheet(options, **office); !written.ok())
    return complain("The paper key could not be written", written.error());
  print({{"office", (*office)->school().hex()}, {"setUp", false}, {"paper", options.sheet().string()}});
  std::fprintf(stderr,
               "Now print %s twice, put each into an envelope, and type back what stands on the paper:\n"
               "machi office confirm %s\n"
               "Until then the office is not set up, and no tablet can be invited.\n",
               options.sheet().c_str(), options.folder.c_str());
  return kDone;
}

int confirm(const Office& options) {
  const auto town = town::open_town(options.folder);
  if (!town.ok()) return complain("There is no town in " + options.folder, town.error());
  crypto::SystemEntropy entropy;
  auto office = open(options, *town, entropy);
  if (!office.ok()) return cannot_open(office.error());
  if ((*office)->school().is_zero()) return complain("There is no office yet; machi office found makes it.");
  std::string text = options.text;
  if (text.empty()) std::getline(std::cin, text);
  if (!(*office)->is_set_up())
    if (const auto read = (*office)->confirm_paper(text); !read.ok())
      return complain("That is not what was printed: a sign was misread, or it is another office's key.");
  // The key is on paper from now on, and nowhere else.
  std::error_code ignored;
  if (fs::exists(options.sheet(), ignored)) {
    const std::string blank(static_cast<std::size_t>(fs::file_size(options.sheet(), ignored)), ' ');
    if (!host::write_file(options.sheet(), base::view(blank), host::Privacy::Secret).ok())
      return complain("The page with the key could not be removed; remove " + options.sheet().string());
    fs::remove(options.sheet(), ignored);
  }
  const base::Instant now = system_now();
  auto invitation =
      (*office)->invitation(now.plus_seconds(86400), now.plus_seconds(kInvitationDays * 86400), now);
  if (!invitation.ok()) return complain("The first tablet could not be invited", invitation.error());
  print({{"office", (*office)->school().hex()},
         {"setUp", true},
         {"desk", options.desk + "/#" + absence::invitation_fragment(*invitation)}});
  return kDone;
}

void shared_options(CLI::App& app, Office& options) {
  app.add_option("DIR", options.folder, "The folder of the town")->required();
  app.add_option("--desk", options.desk, "Origin of the desk")->capture_default_str();
  app.add_option("--folder", options.device, "Folder of this office's founding device, in the town's folder")
      ->capture_default_str();
}

}  // namespace

Action declare_office_found(CLI::App& app) {
  auto options = std::make_shared<Office>();
  shared_options(app, *options);
  app.add_option("--name", options->name, "What the office is called: 東小学校")->required();
  app.add_option("--telephone", options->telephone, "As it is printed")->required();
  auto* board = app.add_flag("--board", options->board, "The board of education, not a school");
  app.add_flag("--shelter", options->shelter,
               "The office of the town's shelters: household passes are sealed to its key, which is written "
               "into pack.json")
      ->excludes(board);
  app.add_option(
         "--kind", options->kind,
         "Another office: protection (the few who read who stays at a shelter under another name), "
         "support (the desk of the individual evacuation plans), helpers (a group of supporters, 民生委員), "
         "notice (who writes to the citizens; with --folder notice, where machi notice serve looks)")
      ->check(CLI::IsMember({"protection", "support", "helpers", "notice"}))
      ->excludes(board);
  return [options] { return found(*options); };
}

Action declare_office_confirm(CLI::App& app) {
  auto options = std::make_shared<Office>();
  shared_options(app, *options);
  app.add_option("TEXT", options->text,
                 "The signs of the paper key, or what its code holds; else a line of standard input");
  return [options] { return confirm(*options); };
}

}  // namespace machi::program
