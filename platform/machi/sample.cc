// machi sample: the sample town on disk, made once and brought up to date whenever it is asked for (slips and
// invitations grow old, origins change). What a tester needs goes to standard output as one JSON object.
#include "core/crypto/drbg.h"
#include "platform/machi/command.h"
#include "platform/machi/notice_commands.h"
#include "platform/machi/pack_folder.h"
#include "platform/machi/sample_people.h"
#include "platform/machi/slip_paper.h"

namespace machi::program {
namespace {

namespace fs = std::filesystem;
using base::Code;
using base::fail;
using base::Instant;
using base::Result;
using base::Status;
using sample::SampleTown;

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kPaperDays = 14;  // slips and invitations
constexpr std::int64_t kFreshDays = 3;   // renewed when they are good for less
constexpr int kPixelsAModule = 8;

struct Sample {
  std::string folder;
  std::string site = "http://localhost:8080";
  std::string desk = "http://localhost:8082";
  std::string hub = "http://localhost:8081";
  std::string channels;
  std::string date;
};

Result<Instant> clock_of(const Sample& options) {
  if (options.date.empty()) return system_now();
  MACHI_TRY_SET(date, base::Date::parse(options.date));
  return base::instant_of(date, base::time_of(system_now()));
}

Status write_text_file(const fs::path& file, const std::string& text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) return fail(Code::Storage, "folder");
  return host::write_file(file, base::view(text));
}

Status write_configs(const Sample& options, const town::TownFolder& folder) {
  const std::pair<const char*, std::string> sites[] = {
      {"site-citizen", options.site}, {"site-desk", options.desk}, {"site-public", options.site}};
  for (const auto& [name, site] : sites) {
    nlohmann::json config = {
        {"hub", options.hub}, {"site", site}, {"pack", nlohmann::json::parse(folder.pack())}};
    if (!options.channels.empty()) config["channels"] = options.channels;
    MACHI_TRY(write_text_file(folder.path / name / "config.json", config.dump() + "\n"));
  }
  return {};
}

// The town's rules, signed, beside the apps that read them.
Status write_rules(const town::TownFolder& folder) {
  MACHI_TRY_SET(written, sample_pack());
  MACHI_TRY_SET(editor, town::read_key(folder, "editor"));
  MACHI_TRY_SET(file, site_pack(folder, written, editor));
  for (const char* site : {"site-citizen", "site-desk"})
    MACHI_TRY(host::write_file(folder.path / site / "rules.machi", file));
  return {};
}

Result<absence::Pupil> child_named(const absence::RollBook& roll, const std::string& name) {
  for (const absence::SchoolClass& one : roll.classes())
    for (const absence::Pupil& pupil : roll.pupils(one.id))
      if (pupil.record.name == name) return pupil;
  return fail(Code::NotFound, "the child to try");
}

// The papers of one child, and what a tester types from them.
Result<nlohmann::json> write_papers(const Sample& options, const SampleTown& sample,
                                    const town::SchoolFounder& school) {
  MACHI_TRY_SET(child, child_named(school.roll(), sample.try_as));
  MACHI_TRY_SET(slip, school.slip_of(child.record.pupil));
  MACHI_TRY_SET(cose, school.signed_slip(slip));
  sample::SlipPaper paper;
  paper.school = sample.school.name;
  paper.telephone = sample.school.telephone;
  paper.child = child.class_name + " " + child.record.name;
  paper.link = options.site + "/#" + mail::slip_fragment(cose);
  paper.code = mail::print_code(slip.code);
  paper.until = base::date_of(slip.expires);
  MACHI_TRY_SET(png, sample::slip_png(paper.link, kPixelsAModule));
  MACHI_TRY_SET(page, sample::slip_page(paper));
  const fs::path slips = fs::path(options.folder) / "slips";
  MACHI_TRY(write_text_file(slips / "sample-slip.html", page));
  MACHI_TRY(host::write_file(slips / "sample-slip.png", png));
  return nlohmann::json{{"link", paper.link},
                        {"code", paper.code},
                        {"until", paper.until.iso()},
                        {"child", child.record.name},
                        {"class", child.class_name},
                        {"birth", child.record.birth.iso()},
                        {"digits", absence::last_digits(child.record.telephones.front())},
                        {"png", (slips / "sample-slip.png").string()},
                        {"page", (slips / "sample-slip.html").string()}};
}

Result<nlohmann::json> make(const Sample& options) {
  MACHI_TRY_SET(now, clock_of(options));
  crypto::SystemEntropy entropy;
  MACHI_TRY_SET(sample, sample::read_sample(sample::sample_json()));
  sample.town.site = options.site;
  auto opened = town::open_town(options.folder);
  bool fresh_town = false;
  if (!opened.ok() && opened.code() == Code::NotFound)
    opened = town::found_town(options.folder, sample.town, entropy, now), fresh_town = true;
  MACHI_TRY_SET(folder, std::move(opened));
  sample.town.shelter = folder.plan.shelter;
  folder.plan = sample.town;
  MACHI_TRY_SET(school, town::SchoolFounder::open(folder, entropy, now));
  MACHI_TRY(school->found(sample.school, now));
  if (!school->is_set_up()) {
    // A sample's sheet is a file; a school's is printed, and typed back from the paper.
    MACHI_TRY_SET(paper, school->paper_key());
    const fs::path sheet = fs::path(options.folder) / "school" / "paper-key.txt";
    const std::string printed = mail::print_paper(paper) + "\n";
    MACHI_TRY(host::write_file(sheet, base::view(printed), host::Privacy::Secret));
    MACHI_TRY_SET(back, host::read_file(sheet, 200));
    MACHI_TRY(school->confirm_paper(base::text_view(back)));
  }
  const Instant fresh = now.plus_seconds(kFreshDays * kDay);
  const Instant until = now.plus_seconds(kPaperDays * kDay);
  MACHI_TRY(school->issue_slips(fresh, until, now));
  MACHI_TRY_SET(invitation, school->invitation(fresh, until, now));
  MACHI_TRY_SET(parent, write_papers(options, sample, *school));
  school.reset();  // one at a time holds the hub's lock
  MACHI_TRY_SET(board, town::SchoolFounder::open(folder, entropy, now, "board"));
  MACHI_TRY(board->found(sample.board, now));
  MACHI_TRY_SET(board_invitation, board->invitation(fresh, until, now));
  board.reset();
  MACHI_TRY_SET(shelter, town::SchoolFounder::open(folder, entropy, now, "shelter"));
  MACHI_TRY(shelter->found(sample.shelter, now));
  MACHI_TRY_SET(shelter_invitation, shelter->invitation(fresh, until, now));
  MACHI_TRY_SET(pass_key, shelter->pass_key());
  shelter.reset();
  // Offices beside them: each with its own device, and a link that brings its first desk in.
  nlohmann::json care;
  for (const town::SchoolPlan& plan : sample.care) {
    MACHI_TRY_SET(office, town::SchoolFounder::open(folder, entropy, now, plan.kind));
    MACHI_TRY(office->found(plan, now));
    MACHI_TRY_SET(care_invitation, office->invitation(fresh, until, now));
    care[plan.kind] = {{"name", plan.name},
                       {"link", options.desk + "/#" + absence::invitation_fragment(care_invitation)}};
  }
  if (fresh_town) MACHI_TRY(publish_sample_booklets(folder, now));
  folder.plan.shelter = pass_key;
  MACHI_TRY(town::write_pack(folder));
  MACHI_TRY(write_configs(options, folder));
  MACHI_TRY(write_rules(folder));
  return nlohmann::json{{"town", sample.town.name},
                        {"school", sample.school.name},
                        {"folder", options.folder},
                        {"hub", options.hub},
                        {"site", options.site},
                        {"parent", parent},
                        {"desk", {{"link", options.desk + "/#" + absence::invitation_fragment(invitation)}}},
                        {"board",
                         {{"name", sample.board.name},
                          {"link", options.desk + "/#" + absence::invitation_fragment(board_invitation)}}},
                        {"shelter",
                         {{"name", sample.shelter.name},
                          {"link", options.desk + "/#" + absence::invitation_fragment(shelter_invitation)}}},
                        {"care", care}};
}

int run(const Sample& options) {
  const auto made = make(options);
  if (made.ok()) return print(*made), kDone;
  if (made.code() == Code::Conflict)
    return complain("The hub of the town in " + options.folder + " is running; stop it first", made.error());
  return complain("The sample town could not be made in " + options.folder, made.error());
}

}  // namespace

Action declare_sample(CLI::App& app) {
  auto options = std::make_shared<Sample>();
  app.add_option("DIR", options->folder,
                 "The folder of the sample town; made when it is not there, else brought up to date")
      ->required();
  app.add_option("--site", options->site, "Origin of the parents' app")->capture_default_str();
  app.add_option("--desk", options->desk, "Origin of the desk")->capture_default_str();
  app.add_option("--hub", options->hub, "Origin of the hub")->capture_default_str();
  app.add_option(
      "--channels", options->channels,
      "Origin of the town's channels (machi push serve); without it the app offers no notifications");
  app.add_option("--date", options->date, "The day to take for today, as 2026-11-24");
  return [options] {
    for (std::string* origin : {&options->site, &options->desk, &options->hub, &options->channels})
      while (origin->ends_with('/')) origin->pop_back();
    return run(*options);
  };
}

}  // namespace machi::program
