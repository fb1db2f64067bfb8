// machi certificate render, machi certificate verify (core/certificate/CERTIFICATE.md).
#include "core/base/text.h"
#include "core/certificate/seal.h"
#include "core/code/qr.h"
#include "platform/clerk/seal_finder.h"
#include "platform/clerk/sealed_paper.h"
#include "platform/host/file.h"
#include "platform/machi/certificate_facts.h"
#include "platform/machi/command.h"
#include "platform/machi/seal_keys.h"
#include "platform/machi/symbol_picture.h"

namespace machi::program {
namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kFileLimit = 64u << 20;
constexpr const char* kFont = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";
constexpr const char* kWayOut =
    "A sign of it cannot be set as it is registered, so nothing was made. The way out: the counter, where it "
    "is "
    "written by hand, or a font that has it (--font)";

struct Render {
  std::string facts, out, town, session, font = kFont;
};

Result<base::Bytes> rendered(const Render& options, nlohmann::json& said) {
  MACHI_TRY_SET(json, read_json(options.facts));
  MACHI_TRY_SET(facts, facts_of(Field(json)));
  MACHI_TRY_SET(face, clerk::Typeface::open(options.font));
  said["kind"] = certificate::name_of(facts.kind);
  said["number"] = facts.number;
  if (options.town.empty()) {
    said["specimen"] = true;
    return clerk::paper_of(facts, face, {{}, options.session});
  }
  MACHI_TRY_SET(town, town::open_town(options.town));
  MACHI_TRY_SET(key, town::read_key(town, "seal"));
  std::error_code ignored;
  std::filesystem::create_directories(town.path / "clerk", ignored);
  MACHI_TRY_SET(lock, host::FileLock::take(town.path / "clerk" / "lock"));
  MACHI_TRY_SET(log, clerk::IssueLog::open(town.path / "clerk" / "log.db"));
  MACHI_TRY_SET(paper, clerk::issue(facts, face, *log, key, options.session));
  MACHI_TRY_SET(clerk_key, town::read_key(town, "clerk"));
  MACHI_TRY(log->sign_head(town.town.id, system_now(), clerk_key));
  said["specimen"] = false;
  for (const auto& seal : paper.seals) said["leaves"].push_back(seal.leaf);
  said["seals"] = paper.texts;
  return std::move(paper.pdf);
}

int render(const Render& options) {
  nlohmann::json said;
  const auto pdf = rendered(options, said);
  if (!pdf.ok() && pdf.code() == Code::Unsupported) return complain(kWayOut, pdf.error());
  if (!pdf.ok()) return complain("The certificate was not made", pdf.error());
  const auto written = host::write_file(options.out, *pdf, host::Privacy::Secret);
  if (!written.ok()) return complain(options.out + " could not be written", written.error());
  said["file"] = options.out;
  said["bytes"] = pdf->size();
  print(said);
  return kDone;
}

struct Verify {
  std::string file, town;
};

// The texts of all seals that the file shows, each once.
Result<std::vector<std::string>> seals_in(const std::string& file) {
  if (file.starts_with(code::kTokenPrefix)) return std::vector<std::string>{file};
  MACHI_TRY_SET(bytes, host::read_file(file, kFileLimit));
  std::vector<std::string> out;
  std::vector<base::ByteView> pictures = {bytes};
  if (clerk::is_pdf(bytes)) {
    out = clerk::seals_in_keywords(bytes);
    pictures = out.empty() ? clerk::photographs_in(bytes) : std::vector<base::ByteView>{};
  }
  for (const base::ByteView picture : pictures) {
    const auto grey = sample::read_picture(picture);
    if (!grey.ok()) continue;
    auto text = code::read_qr(grey->pixels, grey->width, grey->height);
    if (text.ok()) out.push_back(std::move(*text));
  }
  if (out.empty() && pictures.size() == 1 && !clerk::is_pdf(bytes)) {
    const std::string text = base::trimmed(base::text_view(bytes).substr(0, 65536));
    if (text.starts_with(code::kTokenPrefix)) out.push_back(text);
  }
  if (out.empty()) return fail(Code::NotFound, "no seal is in it that can be read");
  return out;
}

struct Trusted {
  std::vector<certificate::SealKey> keys;
  std::string town;
  std::optional<certificate::Withdrawals> withdrawn;
  std::unique_ptr<clerk::IssueLog> log;
};

Result<Trusted> trusted(const std::string& folder) {
  Trusted out;
  if (folder.empty()) return out;
  MACHI_TRY_SET(town, town::open_town(folder));
  MACHI_TRY_SET(keys, seal_keys_of(town));
  out.keys = std::move(keys);
  out.town = town.plan.name;
  const auto file = town.path / "clerk" / "log.db";
  std::error_code ignored;
  if (std::filesystem::exists(file, ignored)) {
    MACHI_TRY_SET(log, clerk::IssueLog::open(file));
    MACHI_TRY_SET(withdrawn, log->withdrawals(town.town.id, system_now()));
    out.withdrawn = std::move(withdrawn);
    out.log = std::move(log);
  }
  return out;
}

nlohmann::json shown(const certificate::SealReading& reading, const Trusted& trust) {
  nlohmann::json out = {
      {"trouble", reading.trouble == certificate::SealTrouble::None
                      ? nlohmann::json()
                      : nlohmann::json(certificate::name_of(reading.trouble))},
      {"compare", "Compare with the paper: the seal proves what was issued, not that this is the sheet."}};
  if (!reading.seal) return out;
  const certificate::Seal& seal = *reading.seal;
  nlohmann::json people = nlohmann::json::array();
  for (const auto& person : seal.people)
    people.push_back({{"name", person.name + (person.cut ? "…" : "")},
                      {"birth", person.birth.iso()},
                      {"birthInEras", certificate::era_date(person.birth)}});
  out["kind"] = certificate::name_of(seal.kind);
  out["title"] = certificate::title_of(seal.kind);
  out["number"] = seal.number;
  out["issued"] = seal.issued.iso();
  out["by"] = trust.town;
  out["people"] = people;
  if (seal.year) out["year"] = *seal.year;
  if (seal.amount) out["amount"] = *seal.amount;
  out["sheet"] = seal.sheet;
  out["sheets"] = seal.sheets;
  out["leaf"] = seal.leaf;
  out["withdrawn"] = reading.withdrawn ? nlohmann::json(reading.withdrawn->iso()) : nlohmann::json();
  out["logged"] =
      trust.log ? nlohmann::json(trust.log->holds(seal.leaf, reading.leaf)) : nlohmann::json("not asked");
  return out;
}

int verify(const Verify& options) {
  const auto trust = trusted(options.town);
  if (!trust.ok()) return complain("There is no town in " + options.town, trust.error());
  const auto seals = seals_in(options.file);
  if (!seals.ok()) return complain("Nothing to verify", seals.error());
  bool hold = true;
  nlohmann::json out = nlohmann::json::array();
  for (const std::string& text : *seals) {
    const auto reading =
        certificate::read_seal(text, trust->keys, trust->withdrawn ? &*trust->withdrawn : nullptr);
    hold = hold && reading.trouble == certificate::SealTrouble::None &&
           (!trust->log || trust->log->holds(reading.seal->leaf, reading.leaf));
    out.push_back(shown(reading, *trust));
  }
  print({{"seals", std::move(out)}});
  return hold ? kDone : kFailed;
}

}  // namespace

Action declare_certificate_render(CLI::App& app) {
  auto options = std::make_shared<Render>();
  app.add_option("FACTS.json", options->facts, "The facts, or - for standard input")->required();
  app.add_option("-o,--output", options->out, "The PDF to write")->required();
  app.add_option(
      "--town", options->town,
      "The town's folder: its seal key seals each sheet, and the issue goes into its log (clerk/log.db)");
  app.add_option("--session", options->session, "The kiosk's session number, for the footer");
  app.add_option("--font", options->font, "A font file with variation sequences; by default IPAmj Mincho")
      ->capture_default_str();
  app.footer(
      R"(Without --town it is a specimen: marked 見本, without a seal. Every sign of every name is asked of the font
first, with its variation selector; what cannot be set as registered is refused. The facts:
  {"kind": "resident-record", "number": "26-000123", "issued": "2026-11-22", "municipality": "日和町",
   "mayor": "日和町長　日和 花子", "address": "...", "household": false, "options": [],
   "people": [{"name": "...", "kana": "...", "birth": "1985-04-01", "sex": "female", "residentSince": day,
               "addressSince": day, "notified": day, "previousAddress": "...", "alias": "..."}]}
kinds: resident-record resident-entries seal-registration address-history register-all register-person taxation
non-taxation tax-payment. options (resident-*): relationship (+ head, people[].relationship), domicile (+ domicile,
registerHead), my-number (+ myNumber), residence (+ nationality, status, period, stayUntil, cardNumber). Others:
"imprint": {"registration", "registered", "side", "bits"}, "addresses": [{"address", "since"}],
"entries": [{"person", "label", "text"}], "tax": {"year", "amount", "lines": [{"label", "yen"}]}.
What was not asked for by an option must not stand there. Dates may be written in eras.)");
  return [options] { return render(*options); };
}

Action declare_certificate_verify(CLI::App& app) {
  auto options = std::make_shared<Verify>();
  app.add_option("FILE", options->file,
                 "The certificate as PDF, a picture of its symbol (PNG, JPEG), a file of its text, or the "
                 "text (MK1:...)")
      ->required();
  app.add_option("--town", options->town,
                 "The town's folder: its seal keys with their dates, its log if it is there");
  app.footer(
      "One JSON object: for each seal found what it says. trouble: not-seal, damaged, newer, unknown-key, "
      "forged, "
      "out-of-dates, withdrawn; null when the signature holds. It never says that a paper is genuine: "
      "compare. "
      "Exit code 0 when all seals hold and, with the log, are in it.");
  return [options] { return verify(*options); };
}

}  // namespace machi::program
