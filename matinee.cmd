@echo off
rem Starts Matinee from any folder.
node "%~dp0tools\start.mjs" %*
