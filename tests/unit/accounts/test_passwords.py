"""Password hashes: slow on purpose, equal for equal characters, and for nobody too."""

import argon2

from marketplace.accounts.services import passwords


def test_a_password_matches_its_own_hash_only():
    stored = passwords.hash_password("een lang wachtwoord")
    assert passwords.matches("een lang wachtwoord", stored)
    assert not passwords.matches("een lang wachtwoorD", stored)
    assert stored != passwords.hash_password("een lang wachtwoord")


def test_the_same_characters_match_however_they_were_typed():
    stored = passwords.hash_password("caf\u00e9 op de hoek")
    assert passwords.matches("cafe\u0301 op de hoek", stored)


def test_odd_input_is_wrong_and_no_more():
    for password in ("", "\x00", "\ud800", "x" * 100_000):
        assert not passwords.matches(password, None)
        assert not passwords.matches(password, "no hash at all")


def test_an_old_hash_is_noticed():
    old = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x")
    assert passwords.outdated(old)
    assert not passwords.outdated(passwords.hash_password("x"))


def test_easy_passwords():
    assert passwords.too_easy("abababababab", "an@example.org")
    assert passwords.too_easy("AN@example.org", "an@example.org")
    assert not passwords.too_easy("een lang wachtwoord", "an@example.org")
