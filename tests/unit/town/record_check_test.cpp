// A record on disk: its files, its signature, and whose device signed.
#include "platform/town/record_check.h"

#include <gtest/gtest.h>

#include "core/code/zip.h"
#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "platform/host/file.h"

namespace machi::town {
namespace {

namespace fs = std::filesystem;
using base::Instant;

crypto::SignKey a_key(std::uint8_t number) {
  base::Array<32> seed{};
  seed.fill(number);
  return crypto::sign_key(crypto::Secret<32>(seed));
}

class RecordOnDisk : public testing::Test {
 protected:
  RecordOnDisk() : entropy(crypto::Drbg::of_number(5)) {
    EXPECT_TRUE(crypto::ready());
    std::string name = (fs::temp_directory_path() / "machi-record-XXXXXX").string();
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
    auto made = found_town(folder / "town", {"日和町", {}, ""}, entropy, now);
    EXPECT_TRUE(made.ok());
    town.emplace(std::move(*made));
    office.mailbox = entropy.id<base::MailboxTag>();
    office.kind = "school";
    office.name = "東小学校";
    office.founder = a_key(1).open;
    office.epoch = 1;
    EXPECT_TRUE(publish_office(*town, office, now).ok());
    EXPECT_TRUE(host::write_file(folder / "a.csv", base::view("名前,欠席")).ok());
    EXPECT_TRUE(host::write_file(folder / "a.pdf", base::view("%PDF")).ok());
  }
  ~RecordOnDisk() override {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  base::Bytes entry(std::uint8_t by) const {
    mail::AccessEntry first;
    first.mailbox = office.mailbox;
    first.author = first.subject = a_key(by).open;
    first.rights = mail::kAllRights;
    first.seal = crypto::seal_key(crypto::Secret<32>(base::Array<32>{1})).open;
    first.nature = mail::Nature::Office;
    return mail::make_access_entry(first, a_key(by));
  }
  // A record signed by key number `by`, whose chain begins with that key's own founding.
  fs::path record(std::uint8_t by, std::uint8_t chain_of) {
    const mail::OfficeRecord record{office.mailbox,
                                    *base::Date::of(2026, 11, 24),
                                    {mail::record_file("a.csv", "text/csv", base::view("名前,欠席")),
                                     mail::record_file("a.pdf", "application/pdf", base::view("%PDF"))},
                                    now,
                                    {},
                                    {entry(chain_of)}};
    const fs::path file = folder / "a.cose";
    EXPECT_TRUE(host::write_file(file, mail::make_office_record(record, a_key(by))).ok());
    return file;
  }

  crypto::Drbg entropy;
  Instant now = base::instant_of(*base::Date::of(2026, 11, 24), {940});
  fs::path folder;
  std::optional<TownFolder> town;
  mail::Office office;
};

TEST_F(RecordOnDisk, HoldsWithItsFilesAndTheDirectory) {
  const auto check = check_record(record(1, 1), &*town, now);
  ASSERT_TRUE(check.ok()) << check.error().detail;
  EXPECT_TRUE(check->files_hold());
  EXPECT_EQ(check->of, "東小学校");
  EXPECT_EQ(check->record.day.iso(), "2026-11-24");
}

TEST_F(RecordOnDisk, HoldsAsOneArchiveUntilAByteOfAFileIsAnother) {
  const auto signature = host::read_file(record(1, 1), 65536);
  ASSERT_TRUE(signature.ok());
  const fs::path file = folder / "record.zip";
  const auto pack = [&](std::string_view csv) {
    const base::Bytes archive = code::zip({{"a.csv", base::copy(base::view(std::string(csv)))},
                                           {"a.pdf", base::copy(base::view("%PDF"))},
                                           {"a.cose", *signature}},
                                          *base::Date::of(2026, 11, 24));
    EXPECT_TRUE(host::write_file(file, archive).ok());
    return check_record(file, &*town, now);
  };
  fs::remove(folder / "a.csv");  // what lies beside an archive is no part of it
  const auto whole = pack("名前,欠席");
  ASSERT_TRUE(whole.ok()) << whole.error().detail;
  EXPECT_TRUE(whole->files_hold());
  EXPECT_EQ(whole->of, "東小学校");
  EXPECT_EQ(pack("名前,出席")->files, (std::vector{FileState::Changed, FileState::Holds}));
  ASSERT_TRUE(host::write_file(file, code::zip({{"a.cose", *signature}}, {})).ok());
  EXPECT_EQ(check_record(file, &*town, now)->files, (std::vector{FileState::Missing, FileState::Missing}));
  ASSERT_TRUE(host::write_file(file, code::zip({{"a.csv", {}}}, {})).ok());
  EXPECT_FALSE(check_record(file, &*town, now).ok());
}

TEST_F(RecordOnDisk, TellsWhichFileWasChangedAndWhichIsMissing) {
  const fs::path file = record(1, 1);
  ASSERT_TRUE(host::write_file(folder / "a.csv", base::view("名前,出席")).ok());
  fs::remove(folder / "a.pdf");
  const auto check = check_record(file, &*town, now);
  ASSERT_TRUE(check.ok());
  EXPECT_EQ(check->files, (std::vector{FileState::Changed, FileState::Missing}));
  EXPECT_FALSE(check->files_hold());
}

TEST_F(RecordOnDisk, IsNotVouchedForWhenAStrangerSignedIt) {
  EXPECT_EQ(check_record(record(2, 2), &*town, now)->of, std::nullopt);
  EXPECT_EQ(check_record(record(2, 1), &*town, now)->of, std::nullopt);
}

TEST_F(RecordOnDisk, IsNotVouchedForWithoutADirectoryThatHasTheOffice) {
  EXPECT_EQ(check_record(record(1, 1), nullptr, now)->of, std::nullopt);
  office.mailbox = entropy.id<base::MailboxTag>();
  EXPECT_EQ(check_record(record(1, 1), &*town, now)->of, std::nullopt);
  EXPECT_EQ(office_of(*town, office.mailbox, now).code(), base::Code::NotFound);
}

TEST_F(RecordOnDisk, IsRefusedWhenAnyByteOfItIsAnother) {
  const fs::path file = record(1, 1);
  const auto bytes = host::read_file(file, 65536);
  ASSERT_TRUE(bytes.ok());
  for (std::size_t at = 0; at < bytes->size(); at += 11) {
    base::Bytes changed = *bytes;
    changed[at] ^= 0x40;
    ASSERT_TRUE(host::write_file(file, changed).ok());
    EXPECT_FALSE(check_record(file, &*town, now).ok()) << at;
  }
}

TEST_F(RecordOnDisk, NamesNoFileOutsideItsFolder) {
  for (const char* name : {"../a.csv", "/etc/passwd", "", ".a", "b\\a.csv"}) {
    const mail::OfficeRecord record{
        office.mailbox, *base::Date::of(2026, 11, 24), {mail::record_file(name, "text/csv", {})}, now, {},
        {entry(1)}};
    EXPECT_FALSE(mail::read_office_record(mail::make_office_record(record, a_key(1))).ok()) << name;
  }
}

}  // namespace
}  // namespace machi::town
