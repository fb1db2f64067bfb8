// Households that the tests share, and the keys of an invented town. Tests only.
#pragma once

#include <string>
#include <vector>

#include "core/crypto/drbg.h"
#include "core/household/pass.h"

namespace machi::household::test {

inline const TownId kTown{base::Array<16>{0x48, 0x59}};
inline const Instant kNow = Instant::from_seconds(1'790'000'000);

inline crypto::SealKey pass_key(std::uint8_t number) {
  return crypto::seal_key(crypto::Secret<32>(base::Array<32>{number}));
}

inline std::vector<crypto::SealKey> keys(std::initializer_list<std::uint8_t> numbers) {
  std::vector<crypto::SealKey> out;
  for (const std::uint8_t number : numbers) out.push_back(pass_key(number));
  return out;
}

inline Date day(int year, int month, int of_month) { return *Date::of(year, month, of_month); }

// Eight people of two families under one roof, with names as long as names are, and with needs.
inline Household eight() {
  Household out;
  for (std::size_t i = 0; i < out.id.bytes.size(); ++i)
    out.id.bytes[i] = static_cast<std::uint8_t>(0x9E + 37 * i);
  out.counter = 23;
  out.changed = out.confirmed = kNow;
  out.telephone = "09012345678";
  out.address = "日和町南3丁目12番地5号 コーポ青葉201号室";
  out.language = "pt";
  out.consent = true;
  out.place = Place::Car;
  out.pets = Pets().with(Pet::Dog).with(Pet::Cat);
  out.supporters = {{"民生委員 松永 千尋", "0000121234"}};
  const auto add = [&out](const char* name, const char* kana, Date birth, Sex sex, Needs needs) {
    out.members.push_back({++out.last_number, name, kana, birth, sex, needs, {}, ""});
  };
  add("勅使河原 健一郎", "てしがわら けんいちろう", day(1951, 3, 9), Sex::Male,
      Needs().with(Need::Dialysis).with(Need::Medicine));
  add("勅使河原 百合子", "てしがわら ゆりこ", day(1954, 11, 30), Sex::Female, Needs().with(Need::Wheelchair));
  add("勅使河原 龍之介", "てしがわら りゅうのすけ", day(1983, 7, 21), Sex::Male, {});
  add("勅使河原 マリア", "てしがわら マリア・フェルナンダ", day(1986, 1, 2), Sex::Female,
      Needs().with(Need::Pregnancy).with(Need::Language));
  add("勅使河原 咲良", "てしがわら さくらこ", day(2017, 6, 3), Sex::Female, Needs().with(Need::Allergy));
  out.members.back().allergens = Allergens().with(Allergen::Egg).with(Allergen::Peanut);
  add("勅使河原 蒼士朗", "てしがわら そうしろう", day(2026, 5, 14), Sex::Male, Needs().with(Need::Infant));
  add("長宗我部 義左衛門", "ちょうそかべ よしざえもん", day(1929, 2, 28), Sex::Male,
      Needs().with(Need::Dementia).with(Need::Oxygen).with(Need::Care));
  add("", "NGUYEN THI HOA", day(2001, 9, 17), Sex::Other, Needs().with(Need::Language));
  return out;
}

inline std::string text_of(const Pass& pass, std::uint8_t key = 1, std::uint64_t seed = 5) {
  crypto::Drbg random = crypto::Drbg::of_number(seed);
  const auto text = write_pass(random, kTown, pass_key(key).open, pass);
  return text.ok() ? *text : "";
}

}  // namespace machi::household::test
