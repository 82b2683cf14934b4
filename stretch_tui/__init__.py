"""Neck, shoulder and upper-back stretches for people who live in terminals."""

__version__ = "0.1.0"
