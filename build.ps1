# Compiles the build when something is newer than its program, then runs it; see build.sh, which does the same.
# The arguments are read as they are: a param block would take -target and the like for its own.
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$temp = Join-Path $root '.nuke/temp'
$invalidParameters = 104

function Stop-Build([string] $message, [int] $exitCode) {
    [Console]::Error.WriteLine($message)
    exit $exitCode
}

function Install-Dotnet {
    [Console]::Error.WriteLine('dotnet is not on PATH: downloading the SDK of global.json to .nuke/temp/dotnet')
    $installer = Join-Path $temp 'dotnet-install.ps1'
    [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
    (New-Object Net.WebClient).DownloadFile('https://dot.net/v1/dotnet-install.ps1', $installer)
    & $installer -JSonFile (Join-Path $root 'global.json') -InstallDir (Join-Path $temp 'dotnet') -NoPath | Out-Host
}

# A restore of nothing but Nuke.Common tells. Other failures than its absence, such as no network, are not remembered.
function Find-Source {
    $probe = New-Item -ItemType Directory -Force (Join-Path $temp 'nuke-probe')
    $project = Join-Path $probe 'probe.csproj'
    @'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Nuke.Common" /></ItemGroup>
</Project>
'@ | Set-Content $project
    $answer = & $dotnet restore $project -nodeReuse:false --nologo -v quiet | Out-String
    $found = if ($LASTEXITCODE -eq 0) { 'package' } else { 'stand-in' }
    if ($LASTEXITCODE -eq 0 -or $answer -match 'NU110[123]') { Set-Content (Join-Path $temp 'nuke-source') $found }
    else { [Console]::Error.WriteLine("The feed could not be asked for Nuke.Common; the stand-in is used: $answer") }
    $found
}

function Test-Current {
    if (-not ((Test-Path $program) -and (Test-Path $started))) { return $false }
    if ($analyzers -and -not (Test-Path $analyzed)) { return $false }
    $since = (Get-Item $started).LastWriteTimeUtc
    $inputs = @(Get-ChildItem $root -File | Where-Object Extension -In '.props', '.targets', '.json', '.config', '.editorconfig')
    $inputs += Get-ChildItem (Join-Path $root 'build'), (Join-Path $root 'src') -Recurse -File |
        Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'
    -not ($inputs | Where-Object LastWriteTimeUtc -GT $since | Select-Object -First 1)
}

function Invoke-Compilation {
    [Console]::Error.WriteLine("Compiling the build ($source of Nuke.Common) ...")
    $begin = [DateTime]::UtcNow
    $output = & $dotnet build (Join-Path $root 'build/_build.csproj') "-p:NukeSource=$source" "-p:RunAnalyzers=$analyzers" `
        -nodeReuse:false -p:UseSharedCompilation=false --nologo -v quiet -clp:NoSummary | Out-String
    if ($LASTEXITCODE -ne 0) { Stop-Build $output 1 }
    Remove-Item $analyzed -ErrorAction SilentlyContinue
    if ($analyzers) { New-Item -ItemType File -Force $analyzed | Out-Null }
    (New-Item -ItemType File -Force $started).LastWriteTimeUtc = $begin
}

$arguments = @()
$source = $null
for ($i = 0; $i -lt $args.Count; $i++) {
    if ($args[$i] -ne '--nuke') { $arguments += $args[$i]; continue }
    $i++
    $source = $args[$i]
    if ($source -notin 'package', 'stand-in') { Stop-Build "--nuke takes package or stand-in, not '$source'." $invalidParameters }
}

$analyzers = $arguments -contains 'Test' # they take longer than all the rest of the compilation: Test has them look

New-Item -ItemType Directory -Force $temp | Out-Null
$dotnet = (Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1).Source
if (-not $dotnet) {
    $dotnet = Join-Path $temp 'dotnet/dotnet'
    if (-not (Get-Command $dotnet -ErrorAction SilentlyContinue)) { Install-Dotnet }
}

$env:NUKE_TELEMETRY_OPTOUT = 1
$env:DOTNET_CLI_TELEMETRY_OPTOUT = 1
$env:DOTNET_NOLOGO = 1
$env:NUKE_ROOT = $root # else NUKE looks for it from the working directory upwards

$remembered = Join-Path $temp 'nuke-source'
if (-not $source -and (Test-Path $remembered)) { $source = (Get-Content $remembered -TotalCount 1).Trim() }
if ($source -notin 'package', 'stand-in') { $source = Find-Source }

$output = Join-Path $root $(if ($source -eq 'stand-in') { 'build/bin/Debug' } else { 'build/bin/package/Debug' })
$program = Join-Path $output '_build.dll'
$started = Join-Path $output '.compile-started'
$analyzed = Join-Path $output '.compile-analyzed'
if (-not (Test-Current)) { Invoke-Compilation }
& $dotnet $program @arguments
exit $LASTEXITCODE
