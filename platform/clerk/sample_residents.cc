// Households drawn one by one. Names are frequent ones put together by chance; the my numbers have right
// check digits and belong to nobody.
#include "platform/clerk/sample_residents.h"

#include <algorithm>
#include <array>

#include "core/crypto/drbg.h"

namespace machi::clerk {
namespace {

using certificate::Person;
using certificate::Sex;

struct Written {
  std::string_view kanji, kana;
};
constexpr Written kFamilies[] = {
    {"佐藤", "サトウ"},   {"鈴木", "スズキ"},   {"高橋", "タカハシ"}, {"田中", "タナカ"},
    {"伊藤", "イトウ"},   {"渡辺", "ワタナベ"}, {"山本", "ヤマモト"}, {"中村", "ナカムラ"},
    {"小林", "コバヤシ"}, {"加藤", "カトウ"},   {"吉田", "ヨシダ"},   {"山田", "ヤマダ"},
    {"佐々木", "ササキ"}, {"山口", "ヤマグチ"}, {"松本", "マツモト"}, {"井上", "イノウエ"},
    {"木村", "キムラ"},   {"林", "ハヤシ"},     {"清水", "シミズ"},   {"斎藤", "サイトウ"},
    {"山崎", "ヤマザキ"}, {"森", "モリ"},       {"池田", "イケダ"},   {"橋本", "ハシモト"},
    {"阿部", "アベ"},     {"石川", "イシカワ"}, {"前田", "マエダ"},   {"藤田", "フジタ"},
    {"後藤", "ゴトウ"},   {"小川", "オガワ"},   {"岡田", "オカダ"},   {"長谷川", "ハセガワ"},
    {"村上", "ムラカミ"}, {"近藤", "コンドウ"}, {"石井", "イシイ"},   {"坂本", "サカモト"},
    {"遠藤", "エンドウ"}, {"青木", "アオキ"},   {"藤井", "フジイ"},   {"西村", "ニシムラ"},
    {"福田", "フクダ"},   {"太田", "オオタ"},   {"三浦", "ミウラ"},   {"岡本", "オカモト"},
    {"松田", "マツダ"},   {"中島", "ナカジマ"}, {"原田", "ハラダ"},   {"小野", "オノ"},
    {"竹内", "タケウチ"}, {"金子", "カネコ"}};
// As some families write it: other characters, or a variation of one.
constexpr Written kRareFamilies[] = {
    {"髙橋", "タカハシ"}, {"𠮷田", "ヨシダ"}, {"渡邉\U000E010F", "ワタナベ"}, {"山﨑", "ヤマザキ"},
    {"齋藤", "サイトウ"}, {"濵田", "ハマダ"}, {"德永", "トクナガ"},
};
// A sequence that no font has: a certificate of this name is refused with the way to the counter.
constexpr Written kUnsettable = {"渡邉\U000E01EE", "ワタナベ"};
constexpr Written kMen[] = {{"太郎", "タロウ"}, {"健", "ケン"},       {"誠", "マコト"},   {"浩", "ヒロシ"},
                            {"翔", "ショウ"},   {"大輔", "ダイスケ"}, {"拓也", "タクヤ"}, {"和夫", "カズオ"},
                            {"茂", "シゲル"},   {"修", "オサム"},     {"悠真", "ユウマ"}, {"蓮", "レン"},
                            {"陽翔", "ハルト"}, {"正", "タダシ"},     {"隆", "タカシ"},   {"学", "マナブ"},
                            {"亮", "リョウ"},   {"直樹", "ナオキ"},   {"勇", "イサム"},   {"清", "キヨシ"}};
constexpr Written kWomen[] = {
    {"花子", "ハナコ"},   {"幸子", "サチコ"}, {"陽子", "ヨウコ"},   {"恵", "メグミ"},   {"美咲", "ミサキ"},
    {"結衣", "ユイ"},     {"葵", "アオイ"},   {"久美子", "クミコ"}, {"節子", "セツコ"}, {"和子", "カズコ"},
    {"真由美", "マユミ"}, {"愛", "アイ"},     {"凛", "リン"},       {"芽依", "メイ"},   {"千代", "チヨ"},
    {"薫", "カオル"},     {"由紀", "ユキ"},   {"優子", "ユウコ"},   {"静", "シズ"},     {"京子", "キョウコ"}};
struct Abroad {
  std::string_view name, kana, alias, nationality;
  Sex sex;
};
constexpr Abroad kAbroad[] = {{"NGUYEN VAN AN", "グエン　ヴァン　アン", "", "ベトナム", Sex::Male},
                              {"TRAN THI HOA", "チャン　ティ　ホア", "", "ベトナム", Sex::Female},
                              {"SHRESTHA RAM", "シュレスタ　ラム", "", "ネパール", Sex::Male},
                              {"GURUNG SITA", "グルン　シタ", "", "ネパール", Sex::Female},
                              {"SANTOS MARIA", "サントス　マリア", "山田　マリア", "フィリピン", Sex::Female},
                              {"SILVA CARLOS", "シルバ　カルロス", "", "ブラジル", Sex::Male},
                              {"KIM MINJI", "キム　ミンジ", "金田　美智", "韓国", Sex::Female}};
constexpr std::string_view kStatuses[] = {"永住者", "技能実習", "留学", "定住者", "特定技能"};
constexpr std::string_view kDistricts[] = {"日和一丁目", "日和二丁目", "本町",   "港町",
                                           "大字西山",   "大字東原",   "緑が丘", "駅前"};
constexpr std::string_view kElsewhere[] = {
    "東京都千代田区永田町一丁目7番1号", "大阪府大阪市北区中之島一丁目3番20号",
    "愛知県名古屋市中区三の丸三丁目1番1号", "北海道札幌市中央区北一条西二丁目"};
constexpr int kImprintSide = 48;

class Town {
 public:
  explicit Town(const SamplePlan& plan) : plan_(plan), entropy_(crypto::Drbg::of_number(plan.seed)) {}

  std::vector<Resident> run() {
    while (out_.size() < plan_.people) household();
    return std::move(out_);
  }

 private:
  std::uint64_t draw(std::uint64_t below) {
    if (at_ + 8 > pool_.size()) {
      entropy_.fill(pool_);
      at_ = 0;
    }
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8 | pool_[at_++];
    return number % below;
  }
  bool one_in(std::uint64_t n) { return draw(n) == 0; }
  template <class T, std::size_t N>
  const T& pick(const T (&list)[N]) {
    return list[static_cast<std::size_t>(draw(N))];
  }
  static std::string digits(std::uint64_t number, std::size_t width) {
    std::string out = std::to_string(number);
    return out.size() < width ? std::string(width - out.size(), '0') + out : out;
  }
  Date born(int age) {  // of this age on the plan's day
    return plan_.today.plus(-(age * 36525 + 99) / 100 - static_cast<int>(draw(365)));
  }

  std::string my_number() {
    std::string out = digits(draw(100'000'000'000), 11) + "0";
    for (char last = '0'; last <= '9'; ++last) {
      out.back() = last;
      if (certificate::is_my_number(out)) break;
    }
    return out;
  }

  // A ring around strokes: what a registered seal looks like from far away.
  base::Bytes imprint() {
    base::Bytes bits(kImprintSide * kImprintSide / 8);
    const std::uint64_t strokes = draw(1u << 30);
    for (int y = 0; y < kImprintSide; ++y)
      for (int x = 0; x < kImprintSide; ++x) {
        const int dx = 2 * x + 1 - kImprintSide, dy = 2 * y + 1 - kImprintSide, far = dx * dx + dy * dy;
        const bool ring = far <= 46 * 46 && far > 40 * 40;
        const unsigned field = static_cast<unsigned>((y / 8) * 5 + x / 10);
        const bool stroke = far < 36 * 36 && ((strokes >> field) & 1u) != 0 && (x % 10 < 4 || y % 8 < 3);
        const std::size_t bit = static_cast<std::size_t>(y * kImprintSide + x);
        if (ring || stroke) bits[bit / 8] = static_cast<std::uint8_t>(bits[bit / 8] | (0x80u >> (bit % 8)));
      }
    return bits;
  }

  void household() {
    const std::uint64_t kind = draw(100);
    family_ = one_in(2500) ? kUnsettable : one_in(25) ? pick(kRareFamilies) : pick(kFamilies);
    number_ = digits(++households_, 8);
    // One draw a statement: within one, compilers draw in orders of their own.
    address_ = plan_.municipality + std::string(pick(kDistricts));
    address_ += std::to_string(1 + draw(30)) + "番";
    address_ += std::to_string(1 + draw(20)) + "号";
    domicile_ =
        one_in(3) ? std::string("東京都港区赤坂") : plan_.municipality + std::string(pick(kDistricts));
    domicile_ += std::to_string(1 + draw(400)) + "番地";
    since_ = plan_.today.plus(-static_cast<int>(30 + draw(9000)));
    guarded_ = one_in(250);
    first_ = out_.size();
    if (one_in(50)) return abroad();
    const int age = 20 + static_cast<int>(kind < 60 ? draw(45) : 30 + draw(45));
    const bool man = kind % 4 != 0;
    add("世帯主", man ? Sex::Male : Sex::Female, age);
    head_ = out_[first_].person.name;
    out_[first_].head = head_;
    if (kind >= 38 && age < 90)
      add(man ? "妻" : "夫", man ? Sex::Female : Sex::Male,
          std::max(19, age - 4 + static_cast<int>(draw(9))));
    if (kind >= 50 && kind < 92)
      for (std::uint64_t child = 1 + draw(3); child > 0; --child)
        add("子", one_in(2) ? Sex::Male : Sex::Female, std::max(0, age - 22 - static_cast<int>(draw(14))));
    if (kind >= 80 && kind < 92 && age < 66) add("母", Sex::Female, age + 22 + static_cast<int>(draw(8)));
    if (kind >= 86 && kind < 92 && age < 66) add("父", Sex::Male, age + 24 + static_cast<int>(draw(8)));
  }

  Resident& add(std::string_view relationship, Sex sex, int age) {
    const Written given = sex == Sex::Male ? pick(kMen) : pick(kWomen);
    Resident& one = add_anybody(relationship, age);
    one.person.sex = sex;
    one.person.name = std::string(family_.kanji) + "　" + std::string(given.kanji);
    one.person.kana = std::string(family_.kana) + "　" + std::string(given.kana);
    one.person.domicile = domicile_;
    one.person.register_head = out_[first_].person.name;
    one.entries.push_back(
        {"出生", certificate::era_date(one.person.birth) + "　" + plan_.municipality + "で出生"});
    if (relationship == "妻" || relationship == "夫")
      one.entries.push_back(
          {"婚姻", certificate::era_date(one.person.birth.plus(9500 + static_cast<int>(draw(600)))) + "　" +
                       out_[first_].person.name + "と婚姻"});
    // A wedding that lies ahead has not been.
    if (one.entries.size() > 1 && one.person.birth.plus(10100) > plan_.today) one.entries.pop_back();
    out_[first_].head = out_[first_].person.name;
    one.head = out_[first_].person.name;
    return one;
  }

  void abroad() {
    const Abroad& who = pick(kAbroad);
    Resident& one = add_anybody("世帯主", 19 + static_cast<int>(draw(35)));
    Person& person = one.person;
    person.name = who.name;
    person.kana = who.kana;
    person.alias = who.alias;
    person.sex = who.sex;
    person.nationality = who.nationality;
    person.status = pick(kStatuses);
    if (person.status != "永住者") {
      person.period = "3年";
      person.stay_until = plan_.today.plus(100 + static_cast<int>(draw(900)));
    }
    person.card_number = "AB" + digits(draw(100'000'000), 8) + "CD";
    one.head = person.name;
  }

  Resident& add_anybody(std::string_view relationship, int age) {
    Resident& one = out_.emplace_back();
    one.number = digits(out_.size(), 10);
    one.household = number_;
    one.guarded = guarded_;
    one.address = address_;
    Person& person = one.person;
    person.relationship = relationship;
    person.birth = born(age);
    person.resident_since = std::max(since_, person.birth);
    person.notified = std::min(plan_.today, person.resident_since->plus(static_cast<int>(draw(14))));
    if (since_ > person.birth) person.previous_address = pick(kElsewhere);
    if (!one_in(3)) person.address_since = person.resident_since;
    person.my_number = my_number();
    if (!one_in(4)) one.card = *card_number(base::to_hex(serial()));
    one.addresses.push_back({address_, person.resident_since});
    if (!person.previous_address.empty()) one.addresses.push_back({person.previous_address, std::nullopt});
    if (age >= certificate::kYoungestSealHolder && !one_in(3))
      one.seal = certificate::Imprint{std::to_string(10'000 + out_.size()),
                                      person.notified.value_or(plan_.today), kImprintSide, imprint()};
    if (age >= 20)
      for (const int year : sample_tax_years(plan_.today)) one.taxes.push_back(tax(year));
    away(one);
    return one;
  }

  // Not the first of a household: then nobody would head it.
  void away(Resident& one) {
    if (one.person.relationship == "世帯主" || !one_in(20)) return;
    one.standing = one_in(3) ? Standing::Dead : Standing::MovedOut;
    one.left = plan_.today.plus(-static_cast<int>(draw(300)));
    one.left = std::max(*one.left, *one.person.resident_since);
  }

  base::Array<10> serial() {
    base::Array<10> out{};
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(draw(256));
    if (out[0] == 0) out[0] = 1;
    return out;
  }

  // Rough, and not the law: three tenths of what is earned are deducted, then 1,500,000 yen, a tenth is
  // taxed.
  TaxYear tax(int year) {
    const std::int64_t income = static_cast<std::int64_t>(draw(90)) * 100'000;
    const std::int64_t total = income * 7 / 10;
    const std::int64_t taxed = std::max<std::int64_t>(0, total - 1'500'000);
    const std::int64_t amount = taxed / 1000 * 100 + (taxed > 0 ? 5000 : 0);
    return {year,
            amount,
            one_in(20) ? amount / 4 : amount,
            {{"給与収入", income}, {"合計所得金額", total}, {"課税標準額", taxed / 1000 * 1000}}};
  }

  const SamplePlan& plan_;
  crypto::Drbg entropy_;
  base::Array<4096> pool_{};
  std::size_t at_ = 4096;
  std::vector<Resident> out_;
  std::uint64_t households_ = 0;
  std::size_t first_ = 0;
  Written family_;
  std::string number_, address_, domicile_, head_;
  Date since_;
  bool guarded_ = false;
};

}  // namespace

std::array<int, 2> sample_tax_years(Date today) {
  return {today.school_year() - 1, today.school_year()};  // fiscal years begin in April too
}

std::vector<Resident> sample_residents(const SamplePlan& plan) { return Town(plan).run(); }

}  // namespace machi::clerk
