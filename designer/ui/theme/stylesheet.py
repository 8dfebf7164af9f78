"""The one style sheet, written from the tokens; its sizes are those at 100 %."""

from __future__ import annotations

import re
from dataclasses import asdict
from string import Template

from designer.ui.theme.scale import px
from designer.ui.theme.tokens import Tokens

_PIXELS = re.compile(r"(?<=[ -])(\d{2,}|[2-9])px")
"""Every size but the one pixel of a line."""

_SHEET = Template("""
QMainWindow, QWidget#window { background: $window; }
QToolTip { background: $raised; color: $text; border: 1px solid $line_strong; padding: 4px 8px; }
QWidget[ground="panel"] { background: $panel; }
QWidget[ground="raised"] { background: $raised; }
QWidget[ground="canvas"] { background: $canvas; }
QFrame[line="true"] { background: $line; border: none; }
QFrame[card="true"] { background: $card; border: 1px solid $line; border-radius: 8px; }

QLabel { background: transparent; color: $text; }
QLabel[ink="muted"] { color: $text_muted; }
QLabel[ink="faint"] { color: $text_faint; }
QLabel[ink="error"] { color: $error; }
QLabel[ink="warning"] { color: $warning; }
QLabel[ink="good"] { color: $good; }
QLabel[ink="badge"] { color: $on_accent; background: $error; border-radius: 8px; }
QLabel[ink="badge"][tone="warning"] { background: $warning; border-radius: 3px; }
QLabel[ink="accent"] { color: $accent; }

QLineEdit, QPlainTextEdit[field="true"], QSpinBox, QDoubleSpinBox {
  background: $field; color: $text; border: 1px solid $line_strong; border-radius: 6px;
  padding: 2px 8px; selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $text_faint; }
QLineEdit:hover, QPlainTextEdit[field="true"]:hover { border-color: $text_faint; }
QLineEdit:focus, QPlainTextEdit[field="true"]:focus, QSpinBox:focus { border-color: $focus; }
QLineEdit[fault="error"], QLineEdit[fault="error"]:focus { border-color: $error; }
QLineEdit[fault="warning"], QLineEdit[fault="warning"]:focus { border-color: $warning; }
QLineEdit:disabled { color: $text_faint; background: $panel; }
QLineEdit[quiet="true"] { background: transparent; border-color: transparent;
  padding: 2px 4px; margin-left: -7px; }
QLineEdit[quiet="true"]:hover { border-color: $line_strong; }
QLineEdit[quiet="true"]:focus { border-color: $focus; background: $field; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { background: transparent; border: none; }

QMessageBox, QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton { background: $field; color: $text; border: 1px solid $line_strong;
  border-radius: 6px; padding: 4px 12px; }
QPushButton:hover { border-color: $text_faint; }
QPushButton:pressed { background: $hover; }
QPushButton:focus { border-color: $focus; }
QPushButton:disabled { color: $text_faint; background: $panel; border-color: $line; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[primary="true"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[primary="true"]:focus { background: $field; color: $accent; padding: 3px 11px;
  border: 2px solid $accent; }
QPushButton[primary="true"]:disabled {
  background: $hover; color: $text_faint; border-color: $line; }
QPushButton[link="true"] { background: transparent; border: none; color: $accent;
  padding: 2px 0; text-align: left; }
QPushButton[link="true"]:hover, QPushButton[link="true"]:focus { color: $text;
  text-decoration: underline; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
  color: $text_muted; padding: 3px; }
QToolButton:hover, QToolButton:checked { background: $hover; color: $text; }
QToolButton:focus { border-color: $focus; }
QToolButton::menu-indicator { image: none; }

QMenu { background: $raised; color: $text; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $text_faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenuBar { background: $panel; color: $text; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 4px 10px; }
QMenuBar::item:selected { background: $hover; }

QListView, QTreeView, QTableView, QPlainTextEdit, QScrollArea {
  background: transparent; color: $text; border: none; outline: none; }
QListView, QTreeView, QTableView, QScrollArea { border: 1px solid transparent;
  border-radius: 6px; }
QListView:focus, QTreeView:focus, QTableView:focus, QScrollArea:focus { border-color: $focus; }
QListView::item, QTreeView::item { border: none; }
QTableView { gridline-color: transparent; selection-background-color: $accent_soft;
  selection-color: $text; alternate-background-color: transparent; }
QTableView::item { border-bottom: 1px solid $line; padding: 0 8px; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QTreeView#outline { show-decoration-selected: 1; selection-background-color: $accent_soft;
  selection-color: $text; }
QTreeView#outline::item { height: 26px; padding: 0 8px; }
QTreeView#outline::item:hover { background: $hover; }
QTreeView#outline::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $panel; color: $text_muted; border: none;
  border-bottom: 1px solid $line; padding: 0 11px; }
QTableCornerButton::section { background: $panel; border: none; }
QScrollArea[page="true"] { border: 1px solid transparent; }
QScrollArea[page="true"][keyed="true"] { border-color: $focus; }
QLabel[anchor] { border-top: 1px solid $line; padding: 6px 0 8px 0; }
QLabel[anchor="chosen"] { background: $accent_soft; }

QScrollBar { background: transparent; border: none; margin: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 24px; margin: 2px 2px 2px 2px; }
QScrollBar::handle:horizontal { min-width: 24px; margin: 2px 2px 2px 2px; }
QScrollBar::handle:hover { background: $text_faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; color: $text_muted; border: 1px solid transparent;
  border-bottom: 2px solid transparent; padding: 0 3px; margin: 0 8px; height: 35px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:selected:focus { border-color: $focus; border-radius: 4px; }

QProgressBar { background: $line; border: none; border-radius: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $line; }
QMainWindow#desk { background: $panel; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QMainWindow#desk > QTabBar::tab:first { margin-left: 12px; }
QMainWindow#desk > QTabBar::tab:only-one { margin-left: 12px; }
QDockWidget { border: none; }
QDockWidget[afloat="true"] { border: 1px solid $line_strong; }
QCheckBox { color: $text; spacing: 8px; padding: 2px 4px; border: 1px solid transparent;
  border-radius: 4px; }
QCheckBox:focus { border-color: $focus; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid $text_faint;
  border-radius: 3px; background: $field; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }
QCheckBox::indicator:hover { border-color: $text_muted; }
QCheckBox::indicator:checked:hover { background: $accent_hover; border-color: $accent_hover; }
QCheckBox:disabled { color: $text_faint; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line_strong; padding: 4px;
  selection-background-color: $accent_soft; selection-color: $text; }
QFrame[current] { border: 1px solid transparent; border-radius: 6px; }
QFrame[current="true"] { background: $accent_soft; }
QFrame[current]:focus { border-color: $focus; }
QFrame#banner { background: $error_soft; border: none; border-bottom: 1px solid $error; }
QFrame#banner[tone="notice"] { background: $accent_soft; border-bottom-color: $accent; }
QFrame#command_palette { background: $raised; border: 1px solid $line_strong;
  border-radius: 10px; }
""")


def stylesheet(tokens: Tokens) -> str:
    """Write the sheet for these tokens."""
    colours = asdict(tokens)
    dark = tokens.is_dark
    written = _SHEET.substitute(
        colours,
        card="transparent" if dark else tokens.canvas,
        field=tokens.window if dark else tokens.canvas,
    )
    return _PIXELS.sub(lambda found: f"{px(int(found[1]))}px", written)
